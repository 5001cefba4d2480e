/**
 * The ray, the texels on it and the light that falls on them. Distances along the ray are patient mm;
 * positions in the texture are counted in texels from its corner.
 */
export const marchSpace = /* glsl */ `
const float brickSize = 4.0;
const float opaque = 0.99;
const float visibleFrom = 0.05;

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

// sRGB alone.
vec3 tissueColour(float texel) {
  return textureLod(transfer, vec2(texel * transferAxis.x + transferAxis.y, 0.5), 0.0).rgb;
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
// Before and beyond these there is nothing on the ray.
float heldFrom;
float heldTo;
#if defined(MIP) || defined(MINIP)
float brickEndMm;
// The brightest a brick may be (MIP), or the darkest (MINIP).
float brickGrey;
#endif
// Of the brick that holds a point: x its kind (0 empty; 1, 2, 3 and, even, 4, 5, 6 how to step), y how far away, in
// mm along the ray, the nearest brick of another kind may begin.
vec2 stretchFrom(vec3 at) {
  vec3 brick = clamp(floor(at / brickSize), vec3(0.0), brickDims - 1.0);
  fetches++;
  vec2 coded = texelFetch(bricks, ivec3(brick), 0).rg;
  float code = floor(coded.r * 255.0 + 0.5);
  float kind = floor(code / 32.0);
  float reach = max(code - 32.0 * kind, 1.0);
  vec3 wall = brickSize * mix(brick - (reach - 1.0), brick + reach, step(0.0, safeSpeed));
  vec3 walls = (wall - texelOrigin) / safeSpeed;
#if defined(MIP) || defined(MINIP)
  vec3 ownWalls = (brickSize * (brick + step(0.0, safeSpeed)) - texelOrigin) / safeSpeed;
  brickEndMm = min(min(ownWalls.x, ownWalls.y), ownWalls.z);
  brickGrey = coded.g;
#else
  if (reach < 1.5) {
    // Where it leaves the brick for another of the kind, it goes on through that.
    vec3 after = step(0.0, safeSpeed);
    vec3 exit = vec3(lessThanEqual(walls, min(walls.yzx, walls.zxy)));
    float face = floor(coded.g * 255.0 + 0.5) * exp2(-dot(exit, vec3(0.0, 2.0, 4.0) + after));
    if (dot(exit, vec3(1.0)) < 1.5 && mod(floor(face), 2.0) > 0.5) {
      walls += exit * brickSize / abs(safeSpeed);
    }
  }
#endif
  return vec2(kind, min(min(walls.x, walls.y), walls.z));
}
#endif
`
