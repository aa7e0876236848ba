import { Combobox, InputBase, Loader, useCombobox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

export type Pick = { id: string; title: string; detail?: string }

type Props = {
  label: string
  picked: Pick | null
  found: readonly Pick[]
  searching?: boolean
  /** Told what was typed; the caller looks it up and gives `found`. */
  onSearch: (text: string) => void
  onPick: (pick: Pick | null) => void
}

/** Finds a record by typing and holds the one that was chosen. */
export function RecordPicker({ label, picked, found, searching = false, onSearch, onPick }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [typing, setTyping] = useState(false)
  const combobox = useCombobox({ onDropdownClose: () => setTyping(false) })

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        onPick(found.find((one) => one.id === id) ?? null)
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target>
        <InputBase
          label={label}
          dir="auto"
          value={typing ? text : (picked?.title ?? '')}
          rightSection={searching ? <Loader size={14} /> : undefined}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            const next = event.currentTarget.value
            setTyping(true)
            setText(next)
            onSearch(next)
            if (next === '') onPick(null)
            combobox.openDropdown()
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options>
          {found.map((one) => (
            <Combobox.Option key={one.id} value={one.id}>
              <bdi>{one.title}</bdi>
              {one.detail !== undefined && (
                <span style={{ color: 'var(--ink2)' }}>
                  {' · '}
                  <bdi>{one.detail}</bdi>
                </span>
              )}
            </Combobox.Option>
          ))}
          {found.length === 0 && <Combobox.Empty>{t('ui.noMatches')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
