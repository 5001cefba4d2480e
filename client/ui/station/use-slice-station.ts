import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { ToolId } from '../../scene/tool-id.ts'
import { SliceStation, type StationNow, type StationParts } from '../../slices/slice-station.ts'

/** The slices' model for as long as the page is in the conference. */
export function useSliceStation(parts: StationParts, tool: ToolId): SliceStation | undefined {
  const [station, setStation] = useState<SliceStation>()
  const latest = useRef(parts)
  latest.current = parts
  const { session, volumes, voxelsOf } = parts
  useEffect(() => {
    const made = new SliceStation({
      session,
      volumes,
      voxelsOf,
      say: (text) => latest.current.say(text),
      askForText: () => latest.current.askForText(),
      draftWindow: (window, settled) => latest.current.draftWindow(window, settled),
      showLaser: (laser) => latest.current.showLaser(laser),
    })
    setStation(made)
    return () => made.dispose()
  }, [session, volumes, voxelsOf])
  useEffect(() => station?.setTool(tool), [station, tool])
  return station
}

/** A part of what the station shows; drawn anew only where that part is another. */
export function useStation<T>(station: SliceStation, part: (now: StationNow) => T): T {
  return useSyncExternalStore(station.subscribe, () => part(station.getNow()))
}
