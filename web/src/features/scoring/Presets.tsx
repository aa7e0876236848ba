import { Button, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getScoringPresets } from '@/api/scoring'

/** Begins a draft with a shipped set of rules. */
export function Presets({ onChoose }: { onChoose: (key: string) => void }) {
  const { t } = useTranslation()
  const { data = [] } = useQuery({ queryKey: ['scoring', 'presets'], queryFn: getScoringPresets })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default">{t('flow.scoring.presets')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {data.map(({ key, name, rules }) => (
          <Menu.Item key={key} onClick={() => onChoose(key)}>
            {name} · {t('flow.scoring.presetRules', { count: rules })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
