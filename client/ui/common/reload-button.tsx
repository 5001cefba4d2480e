import { Button } from 'react-aria-components/Button'

/** The way on for a page that is older than its server; in a conference the seat comes back with it. */
export function ReloadButton() {
  return (
    <Button className="button primary" data-testid="reload" onPress={() => location.reload()}>
      Reload the page
    </Button>
  )
}
