/**
 * The ray-marcher. Distances along the ray are patient mm; positions in the texture are counted in
 * texels from its corner. Samples stand on a grid of equal steps, each for the half step before and
 * after it; the first and the last stretch are shorter, so that what is absorbed does not depend on
 * the step. Skipping empty bricks leaves the grid where it is.
 *
 * The loops are nested by what a group of neighbouring rays does together: leap through bricks that
 * hold nothing, sample without light, and only then, once for all of them, light what was met.
 *
 * Output is premultiplied. gl_FragDepth is where tissue becomes visible, so that opaque meshes in
 * front of it are kept and those behind are drawn over.
 *
 * Defines: one of MIP, MINIP, ISOSURFACE, or none for colour and opacity; SKIPPING; PLAIN (light at
 * every sample, no finer steps at surfaces, no longer ones in thin tissue: what the others are
 * judged by); SEGMENTS; PROBE_FETCHES (writes the number of 3D fetches), PROBE_DEPTH (writes mm from
 * the eye to where tissue becomes visible).
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
uniform sampler3D voxels;
uniform sampler3D bricks;
uniform sampler2D transfer;
// texture coordinate = texel * x + y; texels below z are padding.
uniform vec3 transferAxis;
// texels of the window's lower end and its width, reciprocal; texel of the isosurface.
uniform vec3 valueAxis;

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
#ifdef SEGMENTS
uniform sampler2D segmentColour;
uniform sampler2D segmentDistance;
uniform vec4 targetArea;
#endif

const float brickSize = 4.0;
const float opaque = 0.99;
const float visibleFrom = 0.05;
const float RENEW = 0.01;
const float JUMP = 0.1;

int fetches = 0;

vec3 direction;
vec3 origin;
vec3 texelOrigin;
vec3 texelSpeed;
vec3 safeSpeed;
float stepMm;
float gridMm;
mat3 patientFromGradient;
vec3 cutNormal = vec3(0.0);
float cutMm;

vec3 gathered = vec3(0.0);
float through = 1.0;
float visibleMm = -1.0;

float texelAt(vec3 at) {
  fetches++;
  return textureLod(voxels, at / texelDims, 0.0).r;
}

// sRGB and extinction per mm.
vec4 tissueOf(float texel) {
  vec4 tissue = textureLod(transfer, vec2(texel * transferAxis.x + transferAxis.y, 0.5), 0.0);
  return texel < transferAxis.z ? vec4(0.0) : tissue;
}

// Four taps at the corners of a tetrahedron: the gradient over ±1 texel, in texels.
vec3 gradientAt(vec3 at) {
  const vec2 k = vec2(1.0, -1.0);
  return 0.25 * (k.xyy * texelAt(at + k.xyy) + k.yyx * texelAt(at + k.yyx) +
                 k.yxy * texelAt(at + k.yxy) + k.xxx * texelAt(at + k.xxx));
}

// Interleaved gradient noise (Jimenez 2014): even over neighbours, and the same every time.
float noise(vec2 pixel) {
  return fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715))));
}

vec3 withoutZero(vec3 v) {
  return mix(v, vec3(1e-9), lessThan(abs(v), vec3(1e-9)));
}

// How light falls on what is met at mm: x of it comes back, y shines.
vec2 lightAt(vec3 gradient, float mm) {
  float surface = smoothstep(0.0, 1.0, length(gradient) * surfaceness);
  vec3 normal = patientFromGradient * gradient;
  float size = length(normal);
  float facing = size > 0.0 ? abs(dot(normal, direction)) / size : 1.0;
  float cut = cutNormal == vec3(0.0) ? 0.0
    : clamp(1.5 - (mm - cutMm) / stepMm * stepTexels, 0.0, 1.0);
  facing = mix(mix(1.0, facing, surface),
               abs(dot(cutNormal, direction)) / max(length(cutNormal), 1e-6), cut);
  return vec2(ambient + diffuse * facing, specular * pow(facing, 20.0) * surface * (1.0 - cut));
}

#ifdef SKIPPING
// Of the brick that holds a point: x its kind (0 empty, else how to step in it), y how far away, in
// mm along the ray, the nearest brick of another kind may begin.
vec2 stretchFrom(vec3 at) {
  vec3 brick = clamp(floor(at / brickSize), vec3(0.0), brickDims - 1.0);
  fetches++;
  float code = floor(texelFetch(bricks, ivec3(brick), 0).r * 255.0 + 0.5);
  float kind = floor(code / 64.0);
  float reach = max(code - 64.0 * kind, 1.0);
  vec3 wall = brickSize * mix(brick - (reach - 1.0), brick + reach, step(0.0, safeSpeed));
  vec3 walls = (wall - texelOrigin) / safeSpeed;
  return vec2(kind, min(min(walls.x, walls.y), walls.z));
}
#endif

#if !defined(MIP) && !defined(MINIP) && !defined(ISOSURFACE)
void march(float from, float to) {
  float n = floor((from - gridMm) / stepMm);
  float stride = 1.0;
  float kindEnd = from;
  float lastOpacity = 0.0;
  float sinceLit = 1.0;
  vec2 light = vec2(ambient + diffuse, 0.0);
  vec3 gradient = vec3(0.0);
  float lit = from - 1e9;
  for (int turns = 0; turns < 4096; turns++) {
    float start = max(gridMm + n * stepMm, from);
    if (start >= to || 1.0 - through >= opaque) break;
    float middle, end;
#ifdef SKIPPING
    // Leap to the first sample in a brick that holds something.
    for (int leaps = 0; leaps < 512; leaps++) {
      start = max(gridMm + n * stepMm, from);
      middle = gridMm + (n + 0.5) * stepMm;
      if (start >= to || middle < kindEnd) break;
      vec2 stretch = stretchFrom(texelOrigin + max(middle, from) * texelSpeed);
      if (stretch.x > 0.5) {
        // A ray that grazes a brick's face takes one sample at least.
        kindEnd = max(stretch.y, middle + 0.01 * stepMm);
#ifndef PLAIN
        stride = exp2(stretch.x - 1.0);
#endif
        break;
      }
      lastOpacity = 0.0;
      n = max(n + 1.0, ceil((stretch.y - gridMm) / stepMm - 0.5));
    }
    if (start >= to) break;
#else
    kindEnd = to + 1.0;
#endif
    // Sample until something is met that must be lit.
    bool met = false;
    float texel, opacity, jump;
    vec4 tissue;
    for (int samples = 0; samples < 4096; samples++) {
      start = max(gridMm + n * stepMm, from);
      if (start >= to || gridMm + (n + 0.5) * stepMm >= kindEnd) break;
      float steps = clamp(floor((kindEnd - gridMm) / stepMm - n), 1.0, stride);
      end = min(gridMm + (n + steps) * stepMm, to);
      middle = 0.5 * (start + end);
      texel = texelAt(texelOrigin + middle * texelSpeed);
      tissue = tissueOf(texel);
      opacity = 1.0 - exp(-tissue.a * (end - start));
      n += steps;
      float gain = opacity * through;
      jump = abs(opacity - lastOpacity) * through;
      lastOpacity = opacity;
      sinceLit += gain;
#ifdef PLAIN
      met = gain > 0.0;
#else
      met = gain > 0.0 && (sinceLit > RENEW || jump > JUMP);
#endif
      if (met) break;
      gathered += gain * min(tissue.rgb * light.x + light.y, 1.0);
      through *= 1.0 - opacity;
      if (visibleMm < 0.0 && 1.0 - through >= visibleFrom) visibleMm = middle;
      if (1.0 - through >= opaque) break;
    }
    if (met) {
      if (sinceLit > RENEW) {
        sinceLit = 0.0;
        gradient = gradientAt(texelOrigin + middle * texelSpeed);
        light = lightAt(gradient, middle);
      }
#ifdef PLAIN
      const float parts = 1.0;
#else
      // A surface is met in finer steps: it would show the grid of samples otherwise. Between
      // samples the values follow the gradient, which costs no fetch.
      float parts = jump > JUMP ? 4.0 : 1.0;
#endif
      float part = (end - start) / parts;
      float slope = dot(gradient, texelSpeed);
      for (float m = 0.0; m < parts; m += 1.0) {
        float at = start + (m + 0.5) * part;
        vec4 here = parts > 1.5 ? tissueOf(texel + (at - middle) * slope) : tissue;
        float absorbed = 1.0 - exp(-here.a * part);
        gathered += through * absorbed * min(here.rgb * light.x + light.y, 1.0);
        through *= 1.0 - absorbed;
        if (visibleMm < 0.0 && 1.0 - through >= visibleFrom) visibleMm = at;
      }
    }
  }
}
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
  if (to <= from) discard;

  cutMm = from;
  texelOrigin = (texelFromPatient * vec4(origin, 1.0)).xyz;
  texelSpeed = mat3(texelFromPatient) * direction;
  safeSpeed = withoutZero(texelSpeed);
  stepMm = stepTexels / length(texelSpeed);
  gridMm = from - noise(gl_FragCoord.xy) * stepMm;
  patientFromGradient = transpose(mat3(texelFromPatient));

  march(from, to);

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
  picture = vec4(gathered, 1.0 - through);
}
`
