/**
 * `composite` gathers colour and opacity; `mip` and `minip` show the greatest and the least value of
 * a ray through the window; `isosurface` the first surface at a stored value.
 */
export const renderModes = ['composite', 'mip', 'minip', 'isosurface'] as const
export type RenderMode = (typeof renderModes)[number]
