/**
 * Draws segments into two pictures: (0) lit colour, premultiplied by opacity; (1) how far away the
 * segment is seen along the ray, patient mm, and which it is. Of all segments the foremost counts.
 *
 * A cut through a closed surface is closed by a lid in the plane of the cut: where a ray comes into
 * the kept space inside a segment, it crosses the surface an odd number of times from there on.
 *
 * Defines, one of: SURFACE; PARITY counts crossings in the stencil; LID draws where they are odd.
 * BEHIND: draws what the foremost segment of `foremost` hides of the others.
 */
export const segmentVertex = /* glsl */ `#version 300 es
precision highp float;
in vec3 position;
in vec3 normal;
uniform mat4 worldViewProjection;
out vec3 surfaceMm;
out vec3 outwards;
void main() {
  surfaceMm = position;
  outwards = normal;
  gl_Position = worldViewProjection * vec4(position, 1.0);
}
`

/** mm in 24 bits, in steps of 1/256 mm up to 65 m. */
const stepsPerMm = '256.0'

export const segmentFragment = /* glsl */ `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;

in vec3 surfaceMm;
in vec3 outwards;
layout(location = 0) out vec4 colour;
layout(location = 1) out vec4 distance_;

uniform mat4 worldViewProjection;
uniform vec3 eyeMm;
uniform vec3 forward;
uniform float perspective;
uniform float nearMm;
// How far the segment has been moved; everything else here is where things are seen.
uniform vec3 movedMm;
uniform vec4 segment;
uniform float segmentNumber;
uniform vec4 cuts[12];
uniform int cutCount;
uniform vec3 lighting;
#ifdef BEHIND
uniform sampler2D foremost;
#endif

vec3 litBy(float facing) {
  float shine = lighting.z * pow(facing, 20.0);
  return min(segment.rgb * (lighting.x + lighting.y * facing) + shine, 1.0);
}

vec4 packed(float mm) {
  float steps = clamp(floor(mm * ${stepsPerMm} + 0.5), 0.0, 16777215.0);
  float high = floor(steps / 65536.0);
  float middle = floor((steps - high * 65536.0) / 256.0);
  return vec4(steps - high * 65536.0 - middle * 256.0, middle, high, segmentNumber) / 255.0;
}

void main() {
#ifdef BEHIND
  vec4 first = texelFetch(foremost, ivec2(gl_FragCoord.xy), 0);
  if (floor(first.a * 255.0 + 0.5) == segmentNumber) discard;
#endif
  vec3 seenMm = surfaceMm + movedMm;
  vec3 direction = perspective > 0.5 ? normalize(seenMm - eyeMm) : forward;
  float mm = dot(seenMm - eyeMm, direction);
  vec3 origin = seenMm - direction * mm;
  float nearest = nearMm / max(dot(direction, forward), 0.1);
  float enter = nearest;
  float leave = 1e9;
  vec3 cutNormal = vec3(0.0);
  for (int n = 0; n < 12; n++) {
    if (n >= cutCount) break;
    float height = dot(cuts[n].xyz, origin) - cuts[n].w;
    float climb = dot(cuts[n].xyz, direction);
    if (climb > 1e-7) {
      if (-height / climb > enter) {
        enter = -height / climb;
        cutNormal = cuts[n].xyz;
      }
    } else if (climb < -1e-7) leave = min(leave, -height / climb);
    else if (height < 0.0) discard;
  }
  if (mm < enter || leave <= enter) discard;
#ifdef SURFACE
  if (mm > leave) discard;
  float facing = abs(dot(normalize(outwards), direction));
#else
  // An eye in a segment sees its walls, not a lid before its face.
  if (cutNormal == vec3(0.0)) discard;
  mm = enter;
  float facing = abs(dot(cutNormal, direction)) / length(cutNormal);
#endif
  colour = vec4(litBy(facing) * segment.a, segment.a);
  distance_ = packed(mm);
  vec4 clip = worldViewProjection * vec4(origin + direction * mm - movedMm, 1.0);
  gl_FragDepth = clamp(0.5 * clip.z / clip.w + 0.5, 0.0, 1.0);
}
`

/**
 * For the shader that draws tissue: what of the segments this pixel has, foremost first.
 * \`readSegments\` once; then, as long as \`nextSegmentMm()\` lies within the stretch of tissue that is
 * gathered, \`takeSegment()\` is laid over what was gathered before it. Of an opaque one nothing behind
 * is seen.
 */
export const segmentReading = /* glsl */ `
uniform sampler2D segmentColour;
uniform sampler2D segmentDistance;
uniform sampler2D segmentColourBehind;
uniform sampler2D segmentDistanceBehind;
uniform float segmentLayers;

vec4 segmentColours[2];
float segmentMm[2];
int segmentsTaken;

float segmentMmOf(vec4 packed) {
  return dot(floor(packed.rgb * 255.0 + 0.5), vec3(1.0, 256.0, 65536.0)) / ${stepsPerMm};
}

/** at: 0…1 over the segments' picture. */
void readSegments(vec2 at) {
  segmentsTaken = 0;
  segmentColours[0] = segmentLayers > 0.5 ? textureLod(segmentColour, at, 0.0) : vec4(0.0);
  segmentColours[1] = segmentLayers > 1.5 ? textureLod(segmentColourBehind, at, 0.0) : vec4(0.0);
  segmentMm[0] = segmentColours[0].a > 0.0 ? segmentMmOf(textureLod(segmentDistance, at, 0.0)) : 1e9;
  segmentMm[1] = segmentColours[1].a > 0.0
    ? segmentMmOf(textureLod(segmentDistanceBehind, at, 0.0))
    : 1e9;
}

float nextSegmentMm() {
  return segmentsTaken > 1 ? 1e9 : segmentMm[segmentsTaken];
}

/** Premultiplied. */
vec4 takeSegment() {
  return segmentColours[segmentsTaken++];
}
`
