/** placeholder for the compiler until the page is written below */
export function LeadPage({ id }: { id: string }) {
  return <p>{id}</p>
}
