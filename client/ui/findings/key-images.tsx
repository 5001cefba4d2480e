import { Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { KeyImageSummary } from '../../../shared/findings/findings-view.ts'
import { type FindingsOf, readKeyImage, removeKeyImage } from '../../api/findings.ts'
import { wordsFor } from '../../api/http.ts'
import { clock } from '../common/format.ts'
import { IconButton } from '../common/icon-button.tsx'
import { useLoaded } from '../common/use-loaded.ts'
import { Choice } from './choice.tsx'

export function KeyImages(props: {
  of: FindingsOf
  images: readonly KeyImageSummary[]
  leftOut: ReadonlySet<string>
  onChoose: (keyImageId: string, chosen: boolean) => void
  onChanged: () => void
}) {
  const { of, images, leftOut, onChoose, onChanged } = props
  const [refusal, setRefusal] = useState<string>()
  const remove = (keyImageId: string) => {
    removeKeyImage(of, keyImageId).then(
      () => {
        setRefusal(undefined)
        onChanged()
      },
      (error: unknown) => setRefusal(wordsFor(error)),
    )
  }
  return (
    <section className="findings-part" aria-labelledby="findings-key-images">
      <h2 id="findings-key-images">Key images</h2>
      {images.length === 0 && (
        <p className="quiet">None were kept. “Keep this view” in the conference’s menu adds one.</p>
      )}
      {refusal && <p role="alert">{refusal}</p>}
      <ul className="key-images" data-testid="key-images">
        {images.map((image, index) => {
          const { keyImageId, takenAtMs, by } = image
          const name = `Key image ${index + 1}`
          return (
            <li key={keyImageId} className="key-image">
              <Picture of={of} image={image} name={name} />
              <div className="key-image-foot">
                <Choice
                  isChosen={!leftOut.has(keyImageId)}
                  onChoose={(chosen) => onChoose(keyImageId, chosen)}
                >
                  <span>{name}</span>
                  <span className="label figures">
                    {by} · {clock(takenAtMs)}
                  </span>
                </Choice>
                <IconButton
                  icon={Trash2}
                  name={`Remove key image ${index + 1}`}
                  onPress={() => remove(keyImageId)}
                />
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Picture(props: { of: FindingsOf; image: KeyImageSummary; name: string }) {
  const { of, image, name } = props
  const { keyImageId, columns, rows } = image
  const [loaded] = useLoaded(keyImageId, (signal) => readKeyImage(of, keyImageId, signal))
  const [url, setUrl] = useState<string>()
  const blob = loaded.state === 'there' ? loaded.value : undefined
  useEffect(() => {
    if (!blob) return
    const made = URL.createObjectURL(blob)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob])
  if (loaded.state === 'failed') return <p className="key-image-none quiet">{loaded.message}</p>
  if (!url) return <div className="key-image-none" />
  return <img className="key-image-picture" src={url} alt={name} width={columns} height={rows} />
}
