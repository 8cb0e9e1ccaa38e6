export function Picture({ picture, eager = false }) {
  return (
    <picture>
      {picture.sources.map((it) => (
        <source key={it.type} type={it.type} srcSet={it.srcset} sizes={it.sizes} />
      ))}
      <img
        src={picture.src}
        srcSet={picture.srcset || undefined}
        sizes={picture.sizes || undefined}
        alt={picture.alt}
        width={picture.width}
        height={picture.height}
        loading={eager ? undefined : 'lazy'}
        fetchPriority={eager ? 'high' : undefined}
        decoding="async"
      />
    </picture>
  );
}
