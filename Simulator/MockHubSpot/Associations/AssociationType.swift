/// One direction of a kind of association.
struct AssociationType: Sendable, Hashable, Codable {
    var id: Int
    /// Object type ids, such as `0-1`.
    var from: String
    var to: String
    /// The type of the other direction.
    var inverse: Int
    var label: String?
    /// Made by an admin of the portal.
    var isUserDefined = false
    /// One record has one of these at most, and an unlabelled association besides.
    var isPrimary = false

    var category: String { self.isUserDefined ? "USER_DEFINED" : "HUBSPOT_DEFINED" }

    /// What ties a company to its parent; the other direction is one less.
    static let parent = 14

    /// The types that every portal has: from, to, there, back, what the primary ones are.
    ///
    /// From the official clients' lists; those of messages, letters and quotes from the
    /// documentation's table of ids; those of deal splits from memory.
    static let standard: [AssociationType] = {
        let (contact, company, deal, ticket) = ("0-1", "0-2", "0-3", "0-5")
        let pairs: [(String, String, Int, Int, Bool)] = [
            (contact, company, 279, 280, false), (contact, company, 1, 2, true),
            (deal, contact, 3, 4, false), (deal, company, 341, 342, false),
            (deal, company, 5, 6, true), (contact, ticket, 15, 16, false),
            (ticket, company, 339, 340, false), (ticket, company, 26, 25, true),
            (deal, ticket, 27, 28, false), (deal, "0-8", 19, 20, false),
            (company, company, 450, 450, false), (contact, contact, 449, 449, false),
            (deal, deal, 451, 451, false), (ticket, ticket, 452, 452, false),
            (deal, "0-14", 63, 64, false), ("0-14", "0-8", 67, 68, false),
            ("0-14", contact, 69, 70, false), ("0-14", company, 71, 72, false),
            ("0-136", contact, 578, 579, false), ("0-136", company, 610, 611, false),
            (deal, "0-72", 313, 312, false),
        ]
        let activities: [(String, [Int])] = [
            ("0-48", [194, 182, 206, 220]), ("0-49", [198, 186, 210, 224]),
            ("0-47", [200, 188, 212, 226]), ("0-46", [202, 190, 214, 228]),
            ("0-27", [204, 192, 216, 230]), ("0-18", [81, 87, 85, 83]),
            ("0-116", [453, 459, 457, 455]),
        ]
        var all = pairs.flatMap { from, to, there, back, isPrimary in
            Self.both(from, to, there, back, isPrimary ? "Primary" : nil, isPrimary: isPrimary)
        }
        var parents = Self.both(company, company, 13, 14, "Parent Company", isPrimary: false)
        parents[1].label = "Child Company"
        all += parents
        for (activity, ids) in activities {
            for (target, id) in zip([contact, company, deal, ticket], ids) {
                // The other direction's id is the one before; of messages and letters the one after.
                let back = ["0-18", "0-116"].contains(activity) ? id + 1 : id - 1
                all += Self.both(activity, target, id, back, nil, isPrimary: false)
            }
        }
        return all
    }()

    static func both(
        _ from: String,
        _ to: String,
        _ there: Int,
        _ back: Int,
        _ label: String?,
        isPrimary: Bool
    ) -> [AssociationType] {
        var one = AssociationType(id: there, from: from, to: to, inverse: back, label: label)
        one.isPrimary = isPrimary
        guard there != back else { return [one] }
        var other = AssociationType(id: back, from: to, to: from, inverse: there, label: label)
        other.isPrimary = isPrimary
        return [one, other]
    }
}
