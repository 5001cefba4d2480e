import { Button } from 'react-aria-components/Button'
import { DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import type { RenderMode } from '../../../shared/volume/render-mode.ts'
import type { PictureStatus } from '../../scene/stage.ts'
import { bytes, dims, percent } from '../common/format.ts'
import { modeNames } from './mode-panel.tsx'
import './picture-facts.css'

/** With what a picture tells of itself where it knows it. */
export interface PictureDetails extends PictureStatus {
  /** Between samples along a line of sight, in voxels of the level drawn. */
  readonly stepVoxels?: number | undefined
  /** Of the pane's pixels each way, 0…1. */
  readonly pixelScale?: number | undefined
  /** Textures and targets of the volume on the GPU. */
  readonly gpuBytes?: number | undefined
  /** Fetched for this volume since the page was opened. */
  readonly networkBytes?: number | undefined
}

/** The picture in words, and on a press what it is made of just now. */
export function PictureFacts(props: {
  words: string
  picture: PictureDetails
  renderMode: RenderMode
}) {
  const { words, picture, renderMode } = props
  return (
    <DialogTrigger>
      <Button
        className="picture-words"
        data-testid="picture-words"
        aria-label={`${words}: what the picture is made of`}
      >
        {words}
      </Button>
      <Popover
        className="picture-facts"
        placement="top start"
        aria-label="What the picture is made of"
      >
        <p>{doingWords(picture)}</p>
        <dl className="figures" data-testid="picture-facts">
          {pictureFacts(picture, renderMode).map(([name, fact]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
        </dl>
      </Popover>
    </DialogTrigger>
  )
}

/** What it is doing, in a sentence. */
export function doingWords(picture: PictureDetails): string {
  const { state, fraction, settled, resting, message, pixelScale = 1 } = picture
  if (state === 'failed') return message ?? 'The picture could not be loaded.'
  if (message && fraction === 0 && state !== 'ready') return message
  if (resting) return 'Out of sight, so nothing is drawn.'
  if (state === 'loading') return `The first level is loading: ${percent(fraction)} is here.`
  if (state === 'sharpening') return `A finer level is loading: ${percent(fraction)} is here.`
  if (settled) return 'At rest, as fine as the volume is.'
  return pixelScale < 1
    ? 'Drawn with fewer pixels to keep the pace; finer at rest.'
    : 'The picture is being drawn finer.'
}

/** Name and words of each thing that is known. */
export function pictureFacts(
  picture: PictureDetails,
  renderMode: RenderMode,
): readonly (readonly [name: string, fact: string])[] {
  const { frameMs, levelDims, stepVoxels, pixelScale, gpuBytes, networkBytes } = picture
  const perSecond = frameMs && Math.round(1000 / frameMs)
  const known = [
    ['Rendering', modeNames[renderMode]],
    ['Frame time', frameMs && `${frameMs.toFixed(1)} ms, ${perSecond} a second`],
    ['Level', levelDims && `${dims(levelDims)} voxels`],
    ['Step', stepVoxels && `${Number(stepVoxels.toFixed(2))} voxels`],
    ['Resolution', pixelScale && `${Math.round(pixelScale * 100)} % of the pane’s, each way`],
    ['Graphics memory', gpuBytes !== undefined && bytes(gpuBytes)],
    ['From the network', networkBytes !== undefined && bytes(networkBytes)],
  ] as const
  return known.flatMap(([name, fact]) => (fact ? [[name, fact] as const] : []))
}
