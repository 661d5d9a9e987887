/// How the portal itself makes the value of a property that nobody may write.
///
/// The names are the vendor's, from recorded replies; see `docs/mock-fidelity.md`.
enum Calculation: Sendable, Hashable, Codable {
    /// The record's id once more, as tickets have it.
    case id
    /// When the record was made, beside `createdate`.
    case made
    /// When the record was last written, beside the contacts' own `lastmodifieddate`.
    case changed
    /// What made the record, such as `INTEGRATION`.
    case source
    /// The app, the person, the form or the import that made it.
    case sourceID
    /// The name of that app, form or import.
    case sourceDetail
    /// The user who made it at the screen.
    case sourceUser
    /// The user of the newest change at the screen.
    case lastUser
    case ownerAssigned
    case emailDomain
    /// The ids of the record and of all that were merged into it.
    case allIDs
    /// Of the stage: whether it is the last one, whichever way.
    case isClosed
    case isWon
    case isLost
    case probability
    case closedAmount(isHome: Bool)
    /// The amount times the stage's probability.
    case projectedAmount(isHome: Bool)
    /// The amount in the company's currency.
    case homeAmount
    /// From when the record was made to when it was closed, in milliseconds.
    case timeToClose
    /// How many records of an object type it is tied to.
    case tied(String)
    case primaryCompany
    /// How many deals it is tied to that are not closed.
    case openDeals
    case childCompanies
    case parentCompany
    /// How many activities it is tied to.
    case activities

    /// Every object type has these.
    private static let common: [String: Calculation] = [
        "hs_createdate": .made,
        "hs_object_source": .source,
        "hs_object_source_label": .source,
        "hs_object_source_id": .sourceID,
        "hs_object_source_detail_1": .sourceDetail,
        "hs_object_source_user_id": .sourceUser,
        "hs_created_by_user_id": .sourceUser,
        "hs_updated_by_user_id": .lastUser,
        "hubspot_owner_assigneddate": .ownerAssigned,
    ]

    /// By object type id.
    private static let own: [String: [String: Calculation]] = [
        "0-1": [
            "hs_email_domain": .emailDomain,
            "hs_lastmodifieddate": .changed,
            "hs_all_contact_vids": .allIDs,
            "associatedcompanyid": .primaryCompany,
            "num_associated_deals": .tied("0-3"),
            "num_notes": .activities,
        ],
        "0-2": [
            "num_associated_contacts": .tied("0-1"),
            "num_associated_deals": .tied("0-3"),
            "hs_num_open_deals": .openDeals,
            "hs_num_child_companies": .childCompanies,
            "hs_parent_company_id": .parentCompany,
            "num_notes": .activities,
        ],
        "0-3": [
            "amount_in_home_currency": .homeAmount,
            "hs_closed_amount": .closedAmount(isHome: false),
            "hs_closed_amount_in_home_currency": .closedAmount(isHome: true),
            "hs_deal_stage_probability": .probability,
            "hs_is_closed": .isClosed,
            "hs_is_closed_lost": .isLost,
            "hs_is_closed_won": .isWon,
            "hs_num_of_associated_line_items": .tied("0-8"),
            "hs_projected_amount": .projectedAmount(isHome: false),
            "hs_projected_amount_in_home_currency": .projectedAmount(isHome: true),
            "hs_primary_associated_company": .primaryCompany,
            "num_associated_contacts": .tied("0-1"),
            "num_notes": .activities,
        ],
        "0-5": [
            "hs_num_associated_companies": .tied("0-2"),
            "hs_primary_company_id": .primaryCompany,
            "hs_ticket_id": .id,
            "num_notes": .activities,
            "time_to_close": .timeToClose,
        ],
    ]

    /// All names for which some object type has a calculation.
    static let names = Set(Self.common.keys).union(Self.own.values.flatMap(\.keys))

    /// How a property of an object type is made; `nil` where somebody writes it.
    init?(_ name: String, of typeID: String) {
        guard let known = Self.own[typeID]?[name] ?? Self.common[name] else { return nil }
        self = known
    }

    /// Whether it follows from the record's ties to records of an object type.
    func follows(_ typeID: String) -> Bool {
        switch self {
        case .tied(let type): type == typeID
        case .primaryCompany, .childCompanies, .parentCompany: typeID == "0-2"
        case .openDeals: typeID == "0-3"
        case .activities: Self.activityTypes.contains(typeID)
        case .id, .made, .changed, .source, .sourceID, .sourceDetail, .sourceUser, .lastUser,
            .ownerAssigned, .emailDomain, .allIDs, .isClosed, .isWon, .isLost, .probability,
            .closedAmount, .projectedAmount, .homeAmount, .timeToClose:
            false
        }
    }

    /// What `num_notes` counts (HubSpot: number of sales activities).
    static let activityTypes = ["0-18", "0-27", "0-46", "0-47", "0-48", "0-49", "0-116"]

    /// Whether it follows from the record's own values, so that each of its versions has one.
    var isOfValues: Bool {
        switch self {
        case .emailDomain, .isClosed, .isWon, .isLost, .probability, .closedAmount,
            .projectedAmount, .homeAmount, .timeToClose, .allIDs:
            true
        case .id, .made, .changed, .source, .sourceID, .sourceDetail, .sourceUser, .lastUser,
            .ownerAssigned, .tied, .primaryCompany, .openDeals, .childCompanies, .parentCompany,
            .activities:
            false
        }
    }
}
