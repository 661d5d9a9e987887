import MockHubSpot
import MockSalesforce
import SyncCore

/// A workflow in each CRM that sets one field back to its own value whenever anybody else wrote it.
struct SimulatedQuarrel {
    let pair: SimulatedPair

    static func isWorkflow(_ value: String) -> Bool { value.hasPrefix("flow.") }

    func run(until isOver: @Sendable () -> Bool) async throws {
        while !isOver() {
            try await self.pair.time.sleep(milliseconds: Self.pause)
            self.rewrite()
        }
    }

    /// A workflow that is refused, as while a field is broken, tries again at its next look.
    private func rewrite() {
        guard let field = self.pair.fields.first(where: { Self.names.contains($0.hubspot) }) else {
            return
        }
        self.pair.world.with { state, now in
            let contact = state.hubspot.export(object: "contacts").first {
                $0["sf_contact_key"] != nil
            }
            guard let contact, let key = contact["sf_contact_key"] else { return }
            if contact[field.hubspot] != Self.ofHubSpot {
                try? state.hubspot.edit(
                    contact.id,
                    fields: [(field.hubspot, Self.ofHubSpot)],
                    at: state.time(.hubspot, at: now)
                )
            }
            guard let person = state.salesforce.record(key), !person.isDeleted,
                person[field.salesforce].text != Self.ofSalesforce
            else { return }
            try? state.salesforce.edit(
                key,
                fields: [.init(field.salesforce, .text(Self.ofSalesforce))],
                at: state.time(.salesforce, at: now)
            )
        }
    }

    private static let ofHubSpot = "flow.h"
    private static let ofSalesforce = "flow.s"
    /// Milliseconds between two looks: workflows take a moment.
    private static let pause: Int64 = 3_000
    /// Text that may hold anything.
    private static let names: Set<String> = ["jobtitle", "firstname", "phone"]
}
