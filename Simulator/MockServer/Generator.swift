import MockHubSpot
import MockSalesforce
package import SimulationKit

/// Makes an untidy portal and org: the same people, companies, deals, tickets and activities with
/// small differences, duplicates, typing errors, blanks, values that no list has, and records that
/// belong to nobody.
package struct Generator: Sendable {
    /// Decides about people alone, so that a seed's people are the same whatever else there is.
    private var random: SeededRandom
    /// Decides about everything else.
    var trade: SeededRandom
    let size: PortalSize
    var companies: [InventedRecord] = []
    var people: [InventedRecord] = []
    var deals: [InventedRecord] = []
    var tickets: [InventedRecord] = []
    /// Records that a CRM did not take, by why; none is expected.
    package internal(set) var refusals: [String] = []

    /// The same size and seed make the same records.
    package init(size: PortalSize, seed: UInt64) {
        self.size = size
        self.random = SeededRandom(seed: seed)
        self.trade = SeededRandom(seed: seed &+ 0x7472_6164_65)
    }

    /// One invented person.
    private struct Person {
        var first: String
        var last: String
        var email: String
        var phone: String
        var title: String
    }

    /// Fills both CRMs with records of the past year.
    package mutating func fill(_ state: inout MockWorld.State, now: Int64) {
        self.fillCompanies(&state, now)
        for number in 0..<self.size.contacts {
            let person = self.person(number)
            let firm = self.firm()
            var record = InventedRecord()
            switch self.random.below(100) {
            case ..<50:
                record.hubspot = self.hubspot(person, firm, &state, now)
                (record.salesforce, record.isLead) = self.salesforce(person, firm, &state, now)
                // One in twenty stands in Salesforce twice.
                if self.random.happens(percent: 5) {
                    _ = self.salesforce(person, firm, &state, now)
                }
            case ..<75: record.hubspot = self.hubspot(person, firm, &state, now)
            default:
                (record.salesforce, record.isLead) = self.salesforce(person, firm, &state, now)
            }
            self.people.append(record)
        }
        self.fillDeals(&state, now)
        self.fillTickets(&state, now)
        self.fillActivities(&state, now)
    }

    /// The company of a person; one in five has none.
    private mutating func firm() -> InventedRecord? {
        guard !self.companies.isEmpty, !self.trade.happens(percent: 20) else { return nil }
        return self.trade.pick(self.companies)
    }

    private mutating func person(_ number: Int) -> Person {
        let first = self.random.pick(People.first)
        let last = self.random.pick(People.last)
        let local = (first + "." + last).lowercased().filter {
            $0.isASCII && ($0.isLetter || $0 == ".")
        }
        let hasEmail = !self.random.happens(percent: 6)
        return Person(
            first: first,
            last: last,
            email: hasEmail ? "\(local).\(number)@\(self.random.pick(People.domains))" : "",
            phone: "+1 555 \(1_000 + self.random.below(9_000))",
            title: self.random.pick(People.titles)
        )
    }

    private mutating func hubspot(
        _ person: Person,
        _ firm: InventedRecord?,
        _ state: inout MockWorld.State,
        _ now: Int64
    ) -> String? {
        var fields: [(String, String)] = [("firstname", person.first)]
        // Some have no last name, some no phone.
        if !self.random.happens(percent: 4) { fields.append(("lastname", person.last)) }
        if !person.email.isEmpty { fields.append(("email", person.email)) }
        if self.random.happens(percent: 70) { fields.append(("phone", person.phone)) }
        if self.random.happens(percent: 60) { fields.append(("jobtitle", person.title)) }
        if self.random.happens(percent: 50) {
            fields.append(("company", self.random.pick(People.companies)))
        }
        let id = self.made("contacts", fields, &state, now - self.age())
        if let id, let company = firm?.hubspot {
            self.tie("contacts", id, "companies", company, isPrimary: true, &state)
        }
        return id
    }

    private mutating func salesforce(
        _ person: Person,
        _ firm: InventedRecord?,
        _ state: inout MockWorld.State,
        _ now: Int64
    ) -> (id: String?, isLead: Bool) {
        let isLead = self.random.happens(percent: 15)
        var fields = [("FirstName", person.first), ("LastName", person.last)]
        if !person.email.isEmpty {
            // The same address, written by another hand.
            let email =
                self.random.happens(percent: 10)
                ? person.email.prefix(1).uppercased() + person.email.dropFirst() : person.email
            fields.append(("Email", email))
        }
        if self.random.happens(percent: 70) {
            let phone =
                self.random.happens(percent: 30)
                ? person.phone.filter { $0 != " " } : person.phone
            fields.append(("Phone", phone))
        }
        if self.random.happens(percent: 60) {
            // One in ten has been promoted since.
            let title =
                self.random.happens(percent: 10)
                ? self.random.pick(People.titles) : person.title
            fields.append(("Title", title))
        }
        if isLead {
            fields.append(("Company", self.random.pick(People.companies)))
        } else if let account = firm?.salesforce {
            fields.append(("AccountId", account))
        }
        let object = isLead ? "Lead" : "Contact"
        return (self.planted(object, fields, &state, now - self.age()), isLead)
    }

    /// Milliseconds of up to a year, at least a day.
    private mutating func age() -> Int64 {
        Int64(86_400_000) + Int64(self.random.below(31_449_600)) * 1_000
    }
}
