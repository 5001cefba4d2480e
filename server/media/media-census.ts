/** How much is being sent and received in this process, for the metrics. */
export interface MediaCensus {
  readonly producers: Record<'audio' | 'video', number>
  readonly consumers: Record<'audio' | 'video', number>
  readonly workers: number
}

export const nothingCounted = (): MediaCensus => ({
  producers: { audio: 0, video: 0 },
  consumers: { audio: 0, video: 0 },
  workers: 0,
})
