import '@babylonjs/core/Shaders/ShadersInclude/instancesDeclaration.js'
import '@babylonjs/core/Shaders/ShadersInclude/instancesVertex.js'
import { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js'
import { Color3 } from '@babylonjs/core/Maths/math.color.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { multiply, rotate } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add } from '../../shared/geometry/vector.ts'
import { Batch, type Cell, type Tint } from './avatars-batch.ts'
import { type HandSide, handPieces } from './avatars-hand.ts'
import { InitialsPicture } from './avatars-initials.ts'
import { avatarFragment, avatarVertex } from './avatars-shader.ts'
import { type AvatarShapes, avatarShapes } from './avatars-shapes.ts'
import type { TrackedPose } from './pose-track.ts'

/** How one person is drawn in one frame. */
export interface Figure {
  readonly initials: string
  /** CSS colour, #rrggbb. */
  readonly colour: string
  readonly speaking: boolean
  readonly head: TrackedPose
  /** How much of the head is seen, 0…1. */
  readonly solid: number
  readonly left: TrackedPose | undefined
  readonly right: TrackedPose | undefined
  /** Where a circle has to face to be round: the turn of whoever looks. */
  readonly towardsEye: TrackedPose['rotation']
}

type Shape = keyof AvatarShapes

const whole: Vec3 = [1, 1, 1]
const visorGrey = [0.1, 0.115, 0.14] as const
/** Quieter than the tissue, and than the lasers in the same colour. */
const skullShare = 0.72

/** Everybody's heads and hands: eight draws, however many there are. */
export class AvatarBodies {
  readonly #batches: Readonly<Record<Shape, Batch>>
  readonly #initials: InitialsPicture
  readonly #materials: readonly ShaderMaterial[]

  constructor(scene: Scene) {
    const body = material('avatars', scene, [])
    const letters = material('avatar initials', scene, ['LETTERS'])
    letters.alphaMode = 2
    letters.needDepthPrePass = false
    letters.disableDepthWrite = true
    this.#initials = new InitialsPicture(scene)
    letters.setTexture('letters', this.#initials.texture)
    this.#materials = [body, letters]
    const batches = Object.entries(avatarShapes(scene)).map(([shape, mesh]) => {
      const lettered = shape === 'foreheadLetters' || shape === 'templeLetters'
      return [shape, new Batch(mesh, lettered ? letters : body)]
    })
    this.#batches = Object.fromEntries(batches)
  }

  draw(figures: readonly Figure[]): void {
    const batches = Object.values(this.#batches)
    for (const batch of batches) batch.begin()
    for (const figure of figures) {
      const { r, g, b } = Color3.FromHexString(figure.colour)
      this.#head(figure, [r, g, b, figure.solid])
      this.#hand(figure.left, 'left', [r, g, b, 1])
      this.#hand(figure.right, 'right', [r, g, b, 1])
    }
    for (const batch of batches) batch.end()
  }

  dispose(): void {
    for (const batch of Object.values(this.#batches)) batch.dispose()
    for (const each of this.#materials) each.dispose()
    this.#initials.texture.dispose()
  }

  #head({ head, initials, speaking, solid, towardsEye }: Figure, tint: Tint): void {
    if (solid <= 0) return
    const { position, rotation } = head
    const cell = this.#initials.cellOf(initials)
    const put = (shape: Shape, colour: Tint, letters?: Cell) =>
      this.#batches[shape].add(position, rotation, whole, colour, letters)
    put('skull', dimmed(tint, skullShare))
    put('visor', [...visorGrey, solid])
    put('foreheadLetters', tint, cell)
    put('templeLetters', dimmed(tint, 0.12), cell)
    if (!speaking) return
    const middle = add(position, rotate(rotation, [0, -0.012, 0.06]))
    this.#batches.ring.add(middle, towardsEye, whole, tint)
  }

  #hand(hand: TrackedPose | undefined, side: HandSide, tint: Tint): void {
    if (!hand) return
    const { position, rotation, curls } = hand
    if (!curls) {
      this.#batches.controller.add(position, rotation, whole, dimmed(tint, 0.85))
      return
    }
    for (const piece of handPieces(curls, side)) {
      const at = add(position, rotate(rotation, piece.at))
      const turn = multiply(rotation, piece.rotation)
      this.#batches[piece.shape].add(at, turn, piece.size, dimmed(tint, 0.85))
    }
  }
}

const dimmed = ([r, g, b, a]: Tint, share: number): Tint => [r * share, g * share, b * share, a]

function material(name: string, scene: Scene, defines: string[]): ShaderMaterial {
  const made = new ShaderMaterial(
    name,
    scene,
    { vertexSource: avatarVertex, fragmentSource: avatarFragment },
    {
      attributes: ['position', 'normal', 'uv', 'tint', 'cell'],
      uniforms: ['world', 'viewProjection', 'cameraPosition'],
      samplers: defines.length > 0 ? ['letters'] : [],
      defines,
      needAlphaBlending: defines.length > 0,
    },
  )
  // letters are read from their own side alone; bodies are closed
  made.backFaceCulling = false
  return made
}
