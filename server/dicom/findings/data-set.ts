/** A dataset by keywords (PS3.6); undefined leaves an attribute out, '' and [] leave it empty. */
export interface DataSet {
  readonly [keyword: string]: Value | undefined
}

export type Value =
  | string
  | number
  | Uint8Array
  | readonly string[]
  | readonly number[]
  | readonly DataSet[]
