import { Modal } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useId, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { search } from '@/api/leads'
import { useMe } from '@/api/me'
import { BandChip } from '@/ui/Chip'
import { SCREENS } from '../screens'
import styles from './Palette.module.css'

type Entry = { key: string; group: string; name: string; detail?: string; end?: ReactNode; run: () => void }
type Props = { onClose: () => void; onNew: () => void }

/** Screens, actions and records by typing; arrows choose, Enter goes. */
export default function Palette({ onClose, onNew }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const list = useId()
  const words = useDeferredValue(text.trim())
  const local = useLocalEntries(text.trim().toLocaleLowerCase(), onNew)
  const records = useRecords(words)
  const entries = [...local, ...records.entries]
  const at = Math.min(chosen, Math.max(entries.length - 1, 0))

  function go(entry: Entry | undefined): void {
    if (!entry) return
    onClose()
    entry.run()
  }
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setChosen((at + step + entries.length) % Math.max(entries.length, 1))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      go(entries[at])
    }
  }

  return (
    <Modal.Root opened onClose={onClose} centered={false} yOffset="12vh" size={560} padding={0}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('app.search')}>
        <input
          className={styles.input}
          data-autofocus
          dir="auto"
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={entries[at] ? `${list}-${at}` : undefined}
          aria-label={t('app.search')}
          placeholder={t('app.palette.placeholder')}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
        />
        <div id={list} className={styles.list} role="listbox" aria-label={t('app.search')}>
          {entries.map((entry, index) => (
            <EntryLine key={entry.key} entry={entry} id={`${list}-${index}`} first={entries[index - 1]?.group !== entry.group} chosen={index === at} onRun={() => go(entry)} onPoint={() => setChosen(index)} />
          ))}
        </div>
        {entries.length === 0 && !records.busy && <div className={styles.hint}>{t(words.length < 2 ? 'app.palette.typeMore' : 'app.palette.nothing')}</div>}
      </Modal.Content>
    </Modal.Root>
  )
}

type LineProps = { entry: Entry; id: string; first: boolean; chosen: boolean; onRun: () => void; onPoint: () => void }

function EntryLine({ entry, id, first, chosen, onRun, onPoint }: LineProps) {
  return (
    <>
      {first && (
        <div className={styles.group} role="presentation">
          {entry.group}
        </div>
      )}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the input above holds the keys of the whole list */}
      <div id={id} tabIndex={-1} className={styles.item} role="option" aria-selected={chosen} onClick={onRun} onMouseMove={onPoint}>
        <bdi className={styles.name}>{entry.name}</bdi>
        {entry.detail !== undefined && (
          <small>
            <bdi>{entry.detail}</bdi>
          </small>
        )}
        {entry.end !== undefined && <span className={styles.end}>{entry.end}</span>}
      </div>
    </>
  )
}

function useLocalEntries(typed: string, onNew: () => void): Entry[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { rights } = useMe()
  const screens = SCREENS.filter((screen) => screen.right === undefined || rights.includes(screen.right)).map((screen) => ({
    key: screen.to,
    group: t('app.palette.screens'),
    name: t(`app.nav.${screen.word}`),
    run: () => void navigate({ to: screen.to }),
  }))
  const actions = rights.includes('leads:write') ? [{ key: 'new', group: t('app.palette.actions'), name: t('app.newLead'), run: onNew }] : []
  return [...screens, ...actions].filter((entry) => entry.name.toLocaleLowerCase().includes(typed))
}

function useRecords(words: string): { entries: Entry[]; busy: boolean } {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const wanted = words.length >= 2
  const found = useQuery({
    queryKey: ['search', words],
    queryFn: ({ signal }) => search(words, signal),
    enabled: wanted,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    meta: { keep: false },
  })
  const items = wanted ? (found.data?.items ?? []) : []
  const entries = items
    .filter((item) => item.object === 'lead' || item.object === 'customer' || item.lead_id)
    .map((item) => ({
      key: item.id,
      group: t('app.palette.records'),
      name: item.title,
      detail: item.object === 'customer' ? [t('customers.one'), item.subtitle].filter(Boolean).join(' · ') : item.subtitle,
      end: item.band ? <BandChip band={item.band} score={item.score ?? 0} /> : undefined,
      run: () =>
        void (item.object === 'customer' ? navigate({ to: '/customers/$id', params: { id: item.id } }) : navigate({ to: '/leads/$id', params: { id: item.object === 'lead' ? item.id : (item.lead_id ?? '') } })),
    }))
  return { entries, busy: found.isFetching }
}
