import SimulationKit

/// One kind of change of one object's records.
struct Workload: Hashable {
    enum Change: String, CaseIterable {
        case updatesFromHubSpot = "updates-from-hubspot"
        case updatesFromSalesforce = "updates-from-salesforce"
        /// Under the rule that needs no look at HubSpot.
        case alwaysFromSalesforce = "updates-from-salesforce-always"
        case createsFromHubSpot = "creates-from-hubspot"
        case createsFromSalesforce = "creates-from-salesforce"
    }

    /// What the records are.
    enum Subject: String, CaseIterable {
        case contacts
        case leads
        case companies
        case deals
        case tickets
        case tasks
        case calls
        case emails
        case notes
        case meetings
        /// An object that both accounts have made themselves.
        case wares

        /// What HubSpot calls the object.
        var hubspot: String { self == .wares ? SimulatedWares.type : self.rawValue }

        /// The Salesforce object.
        var object: String {
            switch self {
            case .contacts: "Contact"
            case .leads: "Lead"
            case .companies: "Account"
            case .deals: "Opportunity"
            case .tickets: "Case"
            case .tasks, .calls, .emails, .notes: "Task"
            case .meetings: "Event"
            case .wares: SimulatedWares.salesforce
            }
        }

        /// Whether HubSpot is asked apart whom they are with.
        var hasTies: Bool {
            switch self {
            case .tasks, .calls, .emails, .notes, .meetings: true
            case .contacts, .leads, .companies, .deals, .tickets, .wares: false
            }
        }

        /// Whether a search for a name has to find out who has it: HubSpot keeps none unique.
        var isSearched: Bool { [.companies, .deals].contains(self) }

        /// How results name it: those of contacts stand without.
        fileprivate var prefix: String {
            switch self {
            case .contacts: ""
            case .companies: "company-"
            default: "\(self.rawValue.dropLast())-"
            }
        }

        fileprivate var changes: [Change] {
            switch self {
            case .contacts: Change.allCases
            case .leads: [.updatesFromSalesforce, .updatesFromHubSpot]
            // What Salesforce makes is no note: nothing there says so.
            case .notes: [.updatesFromHubSpot, .updatesFromSalesforce, .createsFromHubSpot]
            default: Change.allCases.filter { $0 != .alwaysFromSalesforce }
            }
        }
    }

    var subject: Subject
    var change: Change

    init(_ subject: Subject, _ change: Change) {
        self.subject = subject
        self.change = change
    }

    /// What results call it.
    var name: String { self.subject.prefix + self.change.rawValue }

    static let updatesFromHubSpot = Workload(.contacts, .updatesFromHubSpot)
    static let updatesFromSalesforce = Workload(.contacts, .updatesFromSalesforce)
    static let createsFromHubSpot = Workload(.contacts, .createsFromHubSpot)
    static let createsFromSalesforce = Workload(.contacts, .createsFromSalesforce)

    static let all = Subject.allCases.flatMap { Workload.all(of: $0) }

    static func all(of subject: Subject) -> [Workload] {
        subject.changes.map { Workload(subject, $0) }
    }
}
