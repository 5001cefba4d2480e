import { useEffect, useRef } from 'react'
import { type FaceCut, keptSide } from './face-cut.ts'
import type { Profile } from './profile.ts'

/** The head from its left side, with what will be gone shaded. */
export function ProfileView({ profile, cut }: { profile: Profile; cut: FaceCut }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context) draw(context, profile, cut)
  }, [profile, cut])
  return (
    <figure className="face-profile">
      <canvas
        ref={canvas}
        width={profile.width}
        height={profile.height}
        role="img"
        aria-label="The head from its left side; the shaded part will be gone"
      />
      <span className="face-letter front">A</span>
      <span className="face-letter back">P</span>
      <figcaption className="label">Seen from the left · Not for diagnosis</figcaption>
    </figure>
  )
}

const shade = [242, 166, 59] as const

function draw(context: CanvasRenderingContext2D, profile: Profile, cut: FaceCut): void {
  const { width, height, brightness, frontMm, topMm, mmPerPixel } = profile
  const { normal, offsetMm } = keptSide(cut, profile)
  const image = context.createImageData(width, height)
  for (let y = 0, n = 0; y < height; y++) {
    for (let x = 0; x < width; x++, n++) {
      const aheadMm =
        offsetMm - normal[1] * (frontMm + x * mmPerPixel) - normal[2] * (topMm - y * mmPerPixel)
      const grey = 255 * brightness[n]!
      const part = aheadMm <= 0 ? 0 : aheadMm < 1.5 * mmPerPixel ? 1 : 0.45
      for (let channel = 0; channel < 3; channel++) {
        image.data[4 * n + channel] = grey * (1 - part) + shade[channel]! * part
      }
      image.data[4 * n + 3] = 255
    }
  }
  context.putImageData(image, 0, 0)
}
