import { Button, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRight } from '@/api/me'
import { SpamMarks, SpamQuality, SpamTry } from '@/features/channels/SpamParts'
import { useSpamFilter } from '@/features/channels/useSpamFilter'
import { useSentence } from '@/ui/Dialog'
import { Loaded } from '@/ui/Loaded'
import { Buttons, Note, Screen, Section } from '@/ui/Screen'

/** The spam filter of forms: how good it is, what it learns from, and how to undo that. */
export function SpamPage() {
  const { t } = useTranslation()
  const say = useSentence()
  const mayChange = useRight('capture:write')
  const { found, marks, change, takeBack } = useSpamFilter()
  const wrong = change.error ?? takeBack.error
  return (
    <Screen title={t('settings.screen.spam')} intro={t('webforms.spam.intro')}>
      {!mayChange && found.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      {wrong !== null && <Note tone="hot">{say(wrong)}</Note>}
      <Loaded found={found} height={120}>
        {(filter) => (
          <>
            <SpamQuality filter={filter} />
            <Section>
              <Switch label={t('webforms.spam.switch')} description={t('webforms.spam.switchHint')} checked={filter.enabled} disabled={!mayChange || change.isPending} onChange={(event) => change.mutate(event.currentTarget.checked)} />
            </Section>
            {filter.quality !== null && <SpamTry />}
          </>
        )}
      </Loaded>
      <Section title={t('webforms.spam.marks')}>
        <Loaded found={marks}>{({ pages }) => <SpamMarks marks={pages.flatMap((page) => page.items)} disabled={!mayChange} onTakeBack={(id) => takeBack.mutate(id)} />}</Loaded>
        {marks.hasNextPage && (
          <Buttons>
            <Button loading={marks.isFetchingNextPage} onClick={() => void marks.fetchNextPage()}>
              {t('ui.older')}
            </Button>
          </Buttons>
        )}
      </Section>
    </Screen>
  )
}
