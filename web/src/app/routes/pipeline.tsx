import { createLazyRoute } from '@tanstack/react-router'
import { PipelinePage } from '@/pages/PipelinePage'

export const pipeline = createLazyRoute('/inside/pipeline')({
  component: function Pipeline() {
    const search = pipeline.useSearch()
    const navigate = pipeline.useNavigate()
    return (
      <PipelinePage
        search={search}
        onSearch={(change) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })}
        onOpen={(id) => void navigate({ to: '/leads/$id', params: { id } })}
      />
    )
  },
})
