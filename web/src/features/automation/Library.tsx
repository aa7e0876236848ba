import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { followRecipe, getRecipes, type Recipe } from '@/api/automations'
import { newId } from '@/lib/uuid'
import { useLeadFields } from '@/records/filter/useFields'
import { Dialog } from '@/ui/Dialog'
import { Loaded } from '@/ui/Loaded'
import { Row, Rows } from '@/ui/Rows'
import { Note, Section } from '@/ui/Screen'
import { isFilled, OfferFields } from './OfferFields'
import { choicesFrom } from './words'

type Props = { mayChange: boolean; onFollowed: (id: string) => void }

/** Automations that are ready: each says what it is good for and does, and is switched on with its choices. */
export function Library({ mayChange, onFollowed }: Props) {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['automations', 'recipes'], queryFn: getRecipes })
  const [asked, setAsked] = useState<Recipe>()
  return (
    <Section title={t('flow.automation.library')} intro={t('flow.automation.libraryIntro')}>
      <Loaded found={found} bones={4}>
        {(recipes) => {
          const free = recipes.filter(({ automation_id }) => automation_id === null)
          if (free.length === 0) return <Note>{t('flow.automation.libraryEmpty')}</Note>
          return (
            <Rows label={t('flow.automation.library')}>
              {free.map((recipe) => (
                <Row
                  key={recipe.key}
                  tall
                  title={<bdi>{recipe.name}</bdi>}
                  detail={
                    <>
                      <div>{recipe.purpose}</div>
                      <div>
                        <bdi>{recipe.sentence}</bdi>
                      </div>
                    </>
                  }
                  end={
                    mayChange && (
                      <Button aria-label={t('flow.automation.useIt', { name: recipe.name })} onClick={() => setAsked(recipe)}>
                        {t('flow.automation.use')}
                      </Button>
                    )
                  }
                />
              ))}
            </Rows>
          )
        }}
      </Loaded>
      {asked && <RecipeDialog recipe={asked} onClose={() => setAsked(undefined)} onFollowed={onFollowed} />}
    </Section>
  )
}

function RecipeDialog({ recipe, onClose, onFollowed }: { recipe: Recipe; onClose: () => void; onFollowed: (id: string) => void }) {
  const { t } = useTranslation()
  const fields = useLeadFields()
  const [choices, setChoices] = useState<Record<string, unknown>>(recipe.choices)
  return (
    <Dialog title={recipe.name} submit={t('flow.automation.switchOn')} size="640px" disabled={!isFilled(recipe.fields, choices)} onClose={onClose} onSubmit={async () => onFollowed((await followRecipe(recipe.key, choices, newId())).id)}>
      <p style={{ margin: 0 }}>{recipe.purpose}</p>
      <Note>
        <bdi>{recipe.sentence}</bdi>
      </Note>
      <OfferFields fields={recipe.fields} values={choices} choicesOf={choicesFrom(fields)} onChange={setChoices} />
    </Dialog>
  )
}
