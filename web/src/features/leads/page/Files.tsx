import type { MessagePayload } from '@/api/shapes'
import styles from './Timeline.module.css'

type Media = NonNullable<MessagePayload['media']>

/** The files of a message: pictures are shown, sounds and films are played, the rest is offered to keep. */
export function Files({ media }: { media: Media }) {
  return media.map((file) => {
    if (file.url === '') {
      return (
        <p key={file.n} className={styles.meta}>
          <bdi>{file.name}</bdi> {file.problem}
        </p>
      )
    }
    if (file.mime.startsWith('image/')) return <img key={file.n} className={styles.media} src={file.url} alt={file.name} loading="lazy" />
    // A message of a customer comes without captions, and a voice note is not ours to write down.
    // oxlint-disable-next-line jsx-a11y/media-has-caption
    if (file.mime.startsWith('audio/')) return <audio key={file.n} controls preload="none" src={file.url} aria-label={file.name} />
    // oxlint-disable-next-line jsx-a11y/media-has-caption
    if (file.mime.startsWith('video/')) return <video key={file.n} className={styles.media} controls preload="none" src={file.url} aria-label={file.name} />
    return (
      <a key={file.n} className={styles.file} href={file.url} download={file.name}>
        <bdi>{file.name}</bdi>
      </a>
    )
  })
}
