/// Who in one CRM is who in the other: people by their e-mail addresses, queues by what the mapping lists.
package struct Owners: Sendable, Hashable {
    /// Somebody who can own records of one CRM.
    package struct Person: Sendable, Hashable {
        package var id: String
        package var name: String
        /// In lower case.
        package var email: String?
        /// Records keep owners that are not, but cannot be given to them.
        package var isActive: Bool
        /// Whether several people share it: an owner until one of them takes the record.
        package var isQueue: Bool

        package init(
            id: String,
            name: String,
            email: String?,
            isActive: Bool = true,
            isQueue: Bool = false
        ) {
            self.id = id
            self.name = name
            self.email = email
            self.isActive = isActive
            self.isQueue = isQueue
        }
    }

    /// Stands for a mapping's name where a record names its owner; no mapping is called so.
    package static let mapping = "$owners"

    /// Stands in a base for whomever Salesforce gave a record that was made without an owner: no id is so short.
    package static let given = FieldValue(normal: "0")

    /// Before they were read.
    package static let none = Owners()

    /// Whether they were read at all: before that nobody can be told to be missing.
    package let isRead: Bool
    private var people: [Side: [String: Person]] = [:]
    /// By side and id, the id over there that a record may be given to.
    private var counterparts: [Side: [String: String]] = [:]
    /// The same without the queues.
    private var users: [Side: [String: String]] = [:]
    /// HubSpot's id of those that the mapping lists, by Salesforce's id.
    private var listed: [String: String] = [:]

    private init() { self.isRead = false }

    /// Finds who is who.
    ///
    /// `values`: pairs that the mapping lists, each side by id, e-mail address or name; they go before what the
    /// addresses say.
    package init(
        hubspot: [Person],
        salesforce: [Person],
        values: [FieldMapping.ValuePair] = []
    ) {
        self.isRead = true
        for (side, all) in [(Side.hubspot, hubspot), (.salesforce, salesforce)] {
            self.people[side] = Dictionary(all.map { ($0.id, $0) }) { one, _ in one }
        }
        self.counterparts = [
            .hubspot: Self.matches(of: hubspot, among: salesforce),
            .salesforce: Self.matches(of: salesforce, among: hubspot),
        ]
        self.users = self.counterparts
        for pair in values {
            guard let one = Self.find(pair.hubspot, hubspot),
                let other = Self.find(pair.salesforce, salesforce)
            else { continue }
            self.listed[other.id] = one.id
            self.counterparts[.hubspot, default: [:]][one.id] = other.isActive ? other.id : nil
            self.counterparts[.salesforce, default: [:]][other.id] = one.isActive ? one.id : nil
            guard !other.isQueue else { continue }
            self.users[.hubspot, default: [:]][one.id] = other.isActive ? other.id : nil
            self.users[.salesforce, default: [:]][other.id] = one.isActive ? one.id : nil
        }
    }

    /// Who in the other CRM a record may be given to, or `nil`.
    package func counterpart(of id: String, on side: Side) -> String? {
        self.counterparts[side]?[id]
    }

    /// Whom in the other CRM a field may name that is not the owner's: no queue, or `nil`.
    package func user(of id: String, on side: Side) -> String? { self.users[side]?[id] }

    /// Gives no record to somebody any more, whom a CRM has refused, until the people are read again.
    package mutating func refuse(_ id: String, on side: Side) {
        self.counterparts[side.other] = self.counterparts[side.other]?.filter { $0.value != id }
        self.users[side.other] = self.users[side.other]?.filter { $0.value != id }
    }

    package func person(_ id: String, on side: Side) -> Person? { self.people[side]?[id] }

    /// Whether two ids are one person, also of somebody whom no record can be given any more.
    package func areSame(hubspot: String, salesforce: String) -> Bool {
        if self.listed[salesforce] == hubspot { return true }
        guard let one = self.person(hubspot, on: .hubspot)?.email,
            let other = self.person(salesforce, on: .salesforce)
        else { return false }
        return !other.isQueue && other.email == one
    }

    // MARK: - Matching

    /// For each the one active person of the same e-mail address; of several the one that is called the same.
    private static func matches(of people: [Person], among others: [Person]) -> [String: String] {
        let there = Dictionary(grouping: others.filter { $0.isActive && !$0.isQueue }) {
            $0.email ?? ""
        }
        var matches: [String: String] = [:]
        for person in people where !person.isQueue {
            guard let email = person.email, !email.isEmpty, var found = there[email] else {
                continue
            }
            if found.count > 1 {
                found = found.filter { $0.name.lowercased() == person.name.lowercased() }
            }
            if found.count == 1 { matches[person.id] = found[0].id }
        }
        return matches
    }

    /// Whom the configuration means, if it is one.
    private static func find(_ text: String, _ people: [Person]) -> Person? {
        if let exact = people.first(where: { $0.id == text }) { return exact }
        let text = text.lowercased()
        let found = people.filter { $0.email == text || $0.name.lowercased() == text }
        let active = found.filter(\.isActive)
        return found.count == 1 ? found.first : active.count == 1 ? active.first : nil
    }
}
