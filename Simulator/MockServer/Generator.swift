import MockHubSpot
import MockSalesforce
package import SimulationKit

/// Makes an untidy portal and org: the same people with small differences, duplicates, blanks.
package struct Generator: Sendable {
    private var random: SeededRandom
    private let count: Int

    /// `contacts`: how many people HubSpot gets; Salesforce gets about as many.
    package init(contacts: Int, seed: UInt64) {
        self.count = contacts
        self.random = SeededRandom(seed: seed)
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
        for number in 0..<self.count {
            let person = self.person(number)
            switch self.random.below(100) {
            case ..<50:
                self.hubspot(person, &state, now)
                self.salesforce(person, &state, now)
                // One in twenty stands in Salesforce twice.
                if self.random.happens(percent: 5) { self.salesforce(person, &state, now) }
            case ..<75: self.hubspot(person, &state, now)
            default: self.salesforce(person, &state, now)
            }
        }
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

    private mutating func hubspot(_ person: Person, _ state: inout MockWorld.State, _ now: Int64) {
        var fields: [(String, String)] = [("firstname", person.first)]
        // Some have no last name, some no phone.
        if !self.random.happens(percent: 4) { fields.append(("lastname", person.last)) }
        if !person.email.isEmpty { fields.append(("email", person.email)) }
        if self.random.happens(percent: 70) { fields.append(("phone", person.phone)) }
        if self.random.happens(percent: 60) { fields.append(("jobtitle", person.title)) }
        if self.random.happens(percent: 50) {
            fields.append(("company", self.random.pick(People.companies)))
        }
        _ = try? state.hubspot.seed(fields: fields, at: now - self.age())
    }

    private mutating func salesforce(_ person: Person, _ state: inout MockWorld.State, _ now: Int64)
    {
        let isLead = self.random.happens(percent: 15)
        var fields: [MockSalesforceRecord.Field] = [
            .init("FirstName", .text(person.first)), .init("LastName", .text(person.last)),
        ]
        if !person.email.isEmpty {
            // The same address, written by another hand.
            let email =
                self.random.happens(percent: 10)
                ? person.email.prefix(1).uppercased() + person.email.dropFirst() : person.email
            fields.append(.init("Email", .text(email)))
        }
        if self.random.happens(percent: 70) {
            let phone =
                self.random.happens(percent: 30)
                ? person.phone.filter { $0 != " " } : person.phone
            fields.append(.init("Phone", .text(phone)))
        }
        if self.random.happens(percent: 60) {
            // One in ten has been promoted since.
            let title =
                self.random.happens(percent: 10)
                ? self.random.pick(People.titles) : person.title
            fields.append(.init("Title", .text(title)))
        }
        if isLead { fields.append(.init("Company", .text(self.random.pick(People.companies)))) }
        _ = try? state.salesforce.seed(
            object: isLead ? "Lead" : "Contact",
            fields: fields,
            at: now - self.age()
        )
    }

    /// Milliseconds of up to a year, at least a day.
    private mutating func age() -> Int64 {
        Int64(86_400_000) + Int64(self.random.below(31_449_600)) * 1_000
    }
}
