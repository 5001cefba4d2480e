import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs'
import { IconButton } from '../common/icon-button.tsx'

export type PanelId = 'view' | 'people' | 'marks'

/** Beside the volume on a desk, a sheet over it on a phone; its tabs stay in the page while hidden. */
export function SidePanel(props: {
  shown: PanelId
  open: boolean
  counts: { people: number; marks: number }
  contents: Record<PanelId, ReactNode>
  /** Above the tabs. */
  head: ReactNode
  onShow: (panel: PanelId) => void
  onClose: () => void
}) {
  const { shown, open, counts, contents, head, onShow, onClose } = props
  const tabs: readonly (readonly [PanelId, string, number | undefined])[] = [
    ['view', 'View', undefined],
    ['people', 'People', counts.people],
    ['marks', 'Marks', counts.marks],
  ]
  return (
    <aside className="panel" aria-label="View, people and marks" hidden={!open}>
      {head}
      <Tabs
        className="panel-tabs"
        selectedKey={shown}
        onSelectionChange={(panel) => onShow(panel as PanelId)}
      >
        <div className="panel-head">
          <TabList className="tabs" aria-label="Panel">
            {tabs.map(([id, name, count]) => (
              <Tab key={id} id={id} className="tab figures" data-testid={`tab-${id}`}>
                {name}
                {count !== undefined && count > 0 && <span className="tab-count">{count}</span>}
              </Tab>
            ))}
          </TabList>
          <IconButton
            icon={X}
            name="Close the panel"
            className="plain panel-close"
            onPress={onClose}
          />
        </div>
        {tabs.map(([id]) => (
          <TabPanel key={id} id={id} className="panel-body" shouldForceMount>
            {contents[id]}
          </TabPanel>
        ))}
      </Tabs>
    </aside>
  )
}
