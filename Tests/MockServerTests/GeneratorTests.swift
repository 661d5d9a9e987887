import MockHubSpot
import MockSalesforce
import MockServer
import SimulationKit
import Testing

/// A whole invented portal and org.
struct GeneratorTests {
    private static let size = PortalSize(
        contacts: 400,
        companies: 120,
        deals: 200,
        tickets: 150,
        activities: 300
    )

    private static func generated(
        _ size: PortalSize = Self.size,
        seed: UInt64 = 5
    ) -> (state: MockWorld.State, refusals: [String]) {
        let world = MockWorld(
            hubspot: MockHubSpot(),
            salesforce: MockSalesforce(),
            time: ManualTime()
        )
        var generator = Generator(size: size, seed: seed)
        world.with { state, now in generator.fill(&state, now: now) }
        return (world.with { state, _ in state }, generator.refusals)
    }

    @Test func `both CRMs take all of it, about three quarters each`() {
        let (state, refusals) = Self.generated()
        #expect(refusals.isEmpty)
        for (object, other, count) in [
            ("companies", "Account", 120), ("deals", "Opportunity", 200), ("tickets", "Case", 150),
        ] {
            let here = state.hubspot.export(object: object).count
            let there = state.salesforce.export(object: other).count
            #expect((count / 2..<count).contains(here), "\(object): \(here)")
            #expect((count / 2..<count).contains(there), "\(other): \(there)")
        }
        let activities = ["notes", "calls", "tasks", "emails", "meetings"].map {
            state.hubspot.export(object: $0).count
        }
        #expect(activities.allSatisfy { $0 > 10 })
        #expect(state.salesforce.export(object: "Task").count > 100)
        #expect(state.salesforce.export(object: "Event").count > 10)
    }

    @Test func `it is as untidy as real life`() {
        let state = Self.generated().state
        let accounts = state.salesforce.export(object: "Account")
        let names = accounts.compactMap { $0["Name"].text }
        let websites = accounts.compactMap { $0["Website"].text }
        #expect(websites.count < accounts.count, "some have no address")
        let industries = accounts.compactMap { $0["Industry"].text }
        #expect(industries.contains("technolgy") || industries.contains("n/a"), "values of no list")
        #expect(accounts.contains { $0["ParentId"].text != nil })
        let companies = Set(state.hubspot.export(object: "companies").compactMap { $0["name"] })
        #expect(names.contains { companies.contains($0) }, "some have the same name")
        #expect(names.contains { !companies.contains($0) })
        let deals = state.hubspot.export(object: "deals")
        let firms = deals.map { state.hubspot.tieCount($0.id, of: "deals", to: "companies") }
        #expect(firms.contains(0), "some deals belong to nobody")
        #expect(firms.contains(1))
        let stages = state.salesforce.export(object: "Opportunity").compactMap {
            $0["StageName"].text
        }
        #expect(!Set(stages).isDisjoint(with: ["Verbal Agreement", "Won", "Engaging"]))
        let cases = state.salesforce.export(object: "Case")
        #expect(cases.contains { $0["Subject"].text == nil })
    }

    @Test func `the same seed makes the same, and the people do not depend on the rest`() {
        let (first, _) = Self.generated()
        let (again, _) = Self.generated()
        for object in ["contacts", "companies", "deals", "tickets", "calls"] {
            #expect(
                first.hubspot.export(object: object) == again.hubspot.export(object: object)
            )
        }
        for object in ["Contact", "Account", "Opportunity", "Case", "Task", "Event"] {
            #expect(
                first.salesforce.export(object: object) == again.salesforce.export(object: object)
            )
        }
        let alone = Self.generated(PortalSize(contacts: 400)).state
        #expect(
            alone.hubspot.export(object: "contacts").map { $0["email"] }
                == first.hubspot.export(object: "contacts").map { $0["email"] }
        )
        let other = Self.generated(seed: 6).state
        #expect(
            other.hubspot.export(object: "companies") != first.hubspot.export(object: "companies")
        )
    }
}
