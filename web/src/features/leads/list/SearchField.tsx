import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePhone } from '@/lib/screen'

/** Finds leads by name, phone or e-mail; asked when the person is done typing. */
export function SearchField({ q, onSearch }: { q: string; onSearch: (text: string) => void }) {
  const { t } = useTranslation()
  const phone = usePhone()
  const [text, setText] = useState(q)
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        onSearch(text.trim())
      }}
    >
      <TextInput
        w={phone ? '100%' : 200}
        dir="auto"
        type="search"
        aria-label={t('leads.list.search')}
        placeholder={t('leads.list.search')}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => text.trim() !== q && onSearch(text.trim())}
      />
    </form>
  )
}
