import { LocateFixed } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import type { Stage } from '../../scene/stage.ts'
import { Tip } from '../common/tip.tsx'
import { useStageStatus } from './status-line.tsx'

/** There only while one's own camera has been moved. */
export function OwnCameraButton({ stage }: { stage: Stage | undefined }) {
  const status = useStageStatus(stage)
  if (!stage || !status || status.cameraAtHome) return null
  return (
    <div className="own-camera">
      <Tip text="Your camera to where it began; nobody else’s moves" keys="0" placement="top">
        <Button className="button" data-testid="own-camera" onPress={() => stage.lookFromHome()}>
          <LocateFixed className="icon" aria-hidden />
          My camera
        </Button>
      </Tip>
    </div>
  )
}
