import { StandardMaterial } from '@babylonjs/core/Materials/standardMaterial.js'
import type { BaseTexture } from '@babylonjs/core/Materials/Textures/baseTexture.js'
import { Color3 } from '@babylonjs/core/Maths/math.color.js'
import type { AbstractMesh } from '@babylonjs/core/Meshes/abstractMesh.js'
import type { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'
import type { Scene } from '@babylonjs/core/scene.js'

export interface LoadedModel {
  readonly root: TransformNode
  readonly meshes: readonly AbstractMesh[]
  /** Of the file, by name. */
  readonly nodes: ReadonlyMap<string, TransformNode>
  dispose(): void
}

const handColour = Color3.FromHexString('#8f9bab')

/**
 * Reads a binary glTF of ours; the reader is fetched with the first one. Its materials are replaced
 * by plain lit ones with the same base colours: physically based ones need surroundings to reflect,
 * and their shaders take too long to compile inside a headset. Rejects where the file cannot be had.
 */
export async function loadModel(url: string, scene: Scene): Promise<LoadedModel> {
  const [{ LoadAssetContainerAsync }] = await Promise.all([
    import('@babylonjs/core/Loading/sceneLoader.js'),
    import('@babylonjs/loaders/glTF/glTFFileLoader.js'),
    import('@babylonjs/loaders/glTF/2.0/glTFLoader.js'),
  ])
  const container = await LoadAssetContainerAsync(url, scene, { pluginExtension: '.glb' })
  const kept = new Set<BaseTexture>()
  const made: StandardMaterial[] = []
  for (const mesh of container.meshes) {
    if (!mesh.material) continue
    const material = new StandardMaterial(mesh.name, scene)
    const base = (mesh.material as { albedoTexture?: BaseTexture | null }).albedoTexture
    if (base) kept.add(base)
    material.diffuseTexture = base ?? null
    material.diffuseColor = base ? Color3.White() : handColour
    material.specularColor = new Color3(0.06, 0.06, 0.07)
    material.backFaceCulling = mesh.material.backFaceCulling
    made.push(material)
    mesh.material = material
    mesh.isPickable = false
    // its box is that of the file, not of the bent fingers
    mesh.alwaysSelectAsActiveMesh = true
  }
  for (const material of container.materials) material.dispose(false, false)
  for (const texture of container.textures) if (!kept.has(texture)) texture.dispose()
  container.addAllToScene()
  const [root] = container.rootNodes as TransformNode[]
  if (!root) throw new Error('a model without a root')
  return {
    root,
    meshes: container.meshes.filter((mesh) => mesh.getTotalVertices() > 0),
    nodes: new Map(container.transformNodes.map((node) => [node.name, node])),
    dispose() {
      for (const material of made) material.dispose()
      for (const texture of kept) texture.dispose()
      for (const skeleton of container.skeletons) skeleton.dispose()
      for (const node of container.rootNodes) node.dispose()
    },
  }
}
