import * as zarr from 'zarrita'

export type StoredVoxels = Int16Array | Uint16Array | Float32Array | Uint8Array

/** All voxels of a zarr array as it is served, x fastest; read by zarrita. */
export async function storedVoxels(
  arrayUrl: string,
  headers: Record<string, string>,
): Promise<StoredVoxels> {
  const store = new zarr.FetchStore(arrayUrl, { overrides: { headers } })
  const array = await zarr.open(zarr.root(store), { kind: 'array' })
  return (await zarr.get(array)).data as StoredVoxels
}
