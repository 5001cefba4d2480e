import { segmentReading } from '../segments/segment-shaders.ts'
import { marchComposite } from './march-composite.ts'
import { marchSpace } from './march-space.ts'
import { marchValues } from './march-values.ts'

/**
 * The ray-marcher. Samples stand on a grid of equal steps, each for the half step before and after
 * it; the first and the last stretch are shorter, so that what is absorbed does not depend on the
 * step. Skipping empty bricks leaves the grid where it is.
 *
 * The loops are nested by what a group of neighbouring rays does together: leap through bricks that
 * hold nothing, sample without light, and only then, once for all of them, light what was met.
 *
 * Output is premultiplied. gl_FragDepth is where tissue becomes visible, so that opaque meshes in
 * front of it are kept and those behind are drawn over.
 *
 * Defines: one of MIP, MINIP, ISOSURFACE, or none for colour and opacity; SKIPPING; PLAIN (what the
 * others are judged by); SEGMENTS; PROBE_FETCHES (writes the number of 3D fetches), PROBE_DEPTH
 * (writes mm from the eye to where tissue becomes visible).
 */
export const marchFragment = /* glsl */ `#version 300 es
precision highp float;
precision highp int;
precision highp sampler3D;
precision highp sampler2D;

in vec3 patientMm;
out vec4 picture;

uniform mat4 worldViewProjection;
uniform vec3 eyeMm;
uniform vec3 forward;
uniform float perspective;
uniform float nearMm;

uniform mat4 boxFromPatient;
uniform vec3 boxDims;
uniform mat4 texelFromPatient;
uniform vec3 texelDims;
uniform vec3 brickDims;
// The bricks that hold something lie between these.
uniform vec3 heldLow;
uniform vec3 heldHigh;
uniform sampler3D voxels;
uniform sampler3D bricks;
uniform sampler2D transfer;
// texture coordinate = texel * x + y; texels below z are padding.
uniform vec3 transferAxis;
// The window's place on texels: grey = texel * x + y; z is the texel of the isosurface.
uniform vec3 valueAxis;
// Projections in the transfer function's colours, not in grey.
uniform float coloured;

uniform vec4 planes[6];
uniform int planeCount;
uniform vec3 cropLowMm;
uniform vec3 cropHighMm;
uniform float stepTexels;
uniform float ambient;
uniform float diffuse;
uniform float specular;
// Texel difference per texel that counts as a surface, reciprocal.
uniform float surfaceness;
uniform vec4 share;
#ifdef SEGMENTS
uniform vec4 segmentArea;
#endif

#ifdef SEGMENTS
${segmentReading}
#endif
${marchSpace}
#if defined(MIP) || defined(MINIP) || defined(ISOSURFACE)
${marchValues}
#else
${marchComposite}
#endif

void main() {
  direction = perspective > 0.5 ? normalize(patientMm - eyeMm) : forward;
  origin = perspective > 0.5
    ? eyeMm
    : patientMm - direction * dot(patientMm - eyeMm, direction);

  vec3 boxOrigin = (boxFromPatient * vec4(origin, 1.0)).xyz;
  vec3 boxSpeed = withoutZero(mat3(boxFromPatient) * direction);
  vec3 a = -boxOrigin / boxSpeed;
  vec3 b = (boxDims - boxOrigin) / boxSpeed;
  vec3 enter = min(a, b);
  vec3 leave = max(a, b);
  float from = max(max(max(enter.x, enter.y), enter.z), nearMm / max(dot(direction, forward), 0.1));
  float to = min(min(leave.x, leave.y), leave.z);
  vec3 cropSpeed = withoutZero(direction);
  a = (cropLowMm - origin) / cropSpeed;
  b = (cropHighMm - origin) / cropSpeed;
  enter = min(a, b);
  leave = max(a, b);
  for (int axis = 0; axis < 3; axis++) {
    if (enter[axis] > from) {
      from = enter[axis];
      cutNormal = vec3(0.0);
      cutNormal[axis] = 1.0;
    }
  }
  to = min(to, min(min(leave.x, leave.y), leave.z));
  for (int n = 0; n < 6; n++) {
    if (n >= planeCount) break;
    float height = dot(planes[n].xyz, origin) - planes[n].w;
    float climb = dot(planes[n].xyz, direction);
    if (climb > 1e-7) {
      if (-height / climb > from) {
        from = -height / climb;
        cutNormal = planes[n].xyz;
      }
    } else if (climb < -1e-7) to = min(to, -height / climb);
    else if (height < 0.0) to = -1.0;
  }
#ifdef SEGMENTS
  readSegments((gl_FragCoord.xy - segmentArea.xy) / segmentArea.zw);
  if (to <= from && nextSegmentMm() > 1e8) discard;
  to = max(to, from);
#else
  if (to <= from) discard;
#endif

  cutMm = from;
  texelOrigin = (texelFromPatient * vec4(origin, 1.0)).xyz;
  texelSpeed = mat3(texelFromPatient) * direction;
  safeSpeed = withoutZero(texelSpeed);
  stepMm = stepTexels / length(texelSpeed);
  gridMm = from - noise(gl_FragCoord.xy) * stepMm;
#ifdef SKIPPING
  a = (brickSize * heldLow - texelOrigin) / safeSpeed;
  b = (brickSize * heldHigh - texelOrigin) / safeSpeed;
  enter = min(a, b);
  leave = max(a, b);
  heldFrom = max(max(enter.x, enter.y), enter.z);
  heldTo = min(min(leave.x, leave.y), leave.z);
  if (heldFrom >= heldTo || any(greaterThan(heldLow, heldHigh))) heldFrom = 1e9;
#endif
  patientFromGradient = transpose(mat3(texelFromPatient));

#ifdef SEGMENTS
  // Tissue before a segment veils it, and it veils what is behind.
  for (int n = 0; n < 3 && 1.0 - through < opaque; n++) {
    float at = nextSegmentMm();
    march(clamp(from, from, to), clamp(at, from, to));
    if (at > 1e8 || 1.0 - through >= opaque) break;
    vec4 segment = takeSegment();
    gathered += through * segment.rgb;
    through *= 1.0 - segment.a;
    if (visibleMm < 0.0 && 1.0 - through >= visibleFrom) visibleMm = at;
    from = clamp(at, from, to);
  }
#else
  march(from, to);
#endif

  if (1.0 - through >= opaque) {
    gathered /= 1.0 - through;
    through = 0.0;
  }
#ifdef PROBE_FETCHES
  picture = vec4(mod(float(fetches), 256.0), floor(float(fetches) / 256.0), 0.0, 255.0) / 255.0;
  gl_FragDepth = 0.0;
  return;
#endif
#ifdef PROBE_DEPTH
  float tenths = floor(max(visibleMm, 0.0) * 10.0 + 0.5);
  picture = vec4(mod(tenths, 256.0), mod(floor(tenths / 256.0), 256.0), floor(tenths / 65536.0), 255.0) / 255.0;
  gl_FragDepth = 0.0;
  return;
#endif
  if (through >= 1.0) discard;
  vec4 clip = worldViewProjection * vec4(origin + direction * (visibleMm < 0.0 ? to : visibleMm), 1.0);
  gl_FragDepth = clamp(0.5 * clip.z / clip.w + 0.5, 0.0, 1.0);
  picture = vec4(gathered, 1.0 - through) * share;
}
`
