import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TestResult } from '@/api/whatsapp'
import { Note } from '@/ui/Screen'

/** What a test found, step by step. */
export function TestSteps({ result }: { result: TestResult }) {
  const { t } = useTranslation()
  return (
    <div role="status" style={{ display: 'grid', gap: 8 }}>
      <Note tone={result.ok ? 'ok' : 'warm'}>{t(result.ok ? 'channels.whatsapp.testGood' : 'channels.whatsapp.testBad')}</Note>
      <ul style={{ display: 'grid', gap: 4, margin: 0, padding: 0, listStyle: 'none', fontSize: 13 }}>
        {result.steps.map((step) => (
          <li key={step.name} style={{ display: 'flex', gap: 8 }}>
            {step.ok ? <IconCheck size={16} color="var(--ok)" aria-label={t('ui.yes')} /> : <IconX size={16} color="var(--hot)" aria-label={t('ui.no')} />}
            <span>
              <strong style={{ fontWeight: 620 }}>{step.name}</strong>
              {step.detail !== '' && <> – {step.detail}</>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
