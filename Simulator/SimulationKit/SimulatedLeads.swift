import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore

/// People collect leads and convert them: into somebody new, or into a contact that is there, with an
/// account and perhaps an opportunity.
package struct SimulatedLeads {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with one.
        package var percent: Int
    }

    static let choicesOfOne = Choices.choicesOfOneDeed

    private enum Deed: Int, CaseIterable { case make, convert, convertWithDeal, convertInto }

    private let pair: SimulatedPair
    private let plan: Plan
    private var leads: [String] = []
    private var number = 0

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
    }

    mutating func act() throws {
        let turn: (deed: Deed, record: Int)? = self.pair.choices.deed(
            .leads,
            percent: self.plan.percent
        )
        guard let (deed, record) = turn else { return }
        guard deed != .make, !self.leads.isEmpty else { return try self.make() }
        let lead = self.leads.remove(at: record % self.leads.count)
        let made = try self.pair.world.with { state, now -> MockSalesforce.Conversion? in
            // Somebody may have taken it out of a queue and converted it.
            guard state.salesforce.record(lead)?["IsConverted"] != .boolean(true) else {
                return nil
            }
            let people = state.salesforce.export(object: "Contact").filter {
                !SimulatedPersons.isShadow($0)
            }
            let contact =
                deed == .convertInto && !people.isEmpty ? people[record % people.count].id : nil
            let known = contact.flatMap { state.salesforce.record($0)?["AccountId"].text }
            return try state.salesforce.convert(
                lead: lead,
                accountID: known,
                contactID: contact,
                opportunityName: deed == .convertWithDeal ? "Deal of \(lead)" : nil,
                ownerID: SimulatedQueues.ownerToName(of: lead, in: state.salesforce),
                at: state.time(.salesforce, at: now)
            )
        }
        guard let made else { return }
        let now = self.pair.time.wallMilliseconds
        self.pair.lines?.withLock { $0.append("\(now) leads: \(lead) becomes \(made.contactID)") }
        self.pair.recorder.probes.hit(.leadConverted)
    }

    private mutating func make() throws {
        self.number += 1
        let number = self.number
        let id = try self.pair.world.with { state, now in
            try state.salesforce.create(
                object: "Lead",
                fields: [
                    .init("LastName", .text("Lead \(number)")),
                    .init("Company", .text("Company \(number)")),
                    .init("Email", .text("l\(number)@example.com")),
                    .init("Title", .text("lead.\(number)")),
                ],
                at: state.time(.salesforce, at: now)
            )
        }
        self.leads.append(id)
    }
}
