/// The fewest calls that a workload can cost with these APIs.
///
/// Detection pages, the reads that a rule needs before it writes, write batches (updates and creates
/// apart) and the pages on which the writes come back, by what one call of each vendor carries:
/// HubSpot's search shows 200 records and its batches take 100; a query of Salesforce shows 2,000 and
/// its Composite takes 1,000.
struct CallMinimum: Equatable {
    var hubspot = 0
    var salesforce = 0

    enum Workload: String, CaseIterable {
        case updatesFromHubSpot = "updates-from-hubspot"
        case updatesFromSalesforce = "updates-from-salesforce"
        case alwaysFromSalesforce = "updates-from-salesforce-always"
        case createsFromHubSpot = "creates-from-hubspot"
        case createsFromSalesforce = "creates-from-salesforce"
        case leadsFromSalesforce = "lead-updates-from-salesforce"
        case leadsFromHubSpot = "lead-updates-from-hubspot"
        case companiesFromHubSpot = "company-updates-from-hubspot"
        case companiesFromSalesforce = "company-updates-from-salesforce"
        case newCompaniesFromHubSpot = "company-creates-from-hubspot"
        case newCompaniesFromSalesforce = "company-creates-from-salesforce"
        case dealsFromHubSpot = "deal-updates-from-hubspot"
        case dealsFromSalesforce = "deal-updates-from-salesforce"
        case newDealsFromHubSpot = "deal-creates-from-hubspot"
        case newDealsFromSalesforce = "deal-creates-from-salesforce"
        case ticketsFromHubSpot = "ticket-updates-from-hubspot"
        case ticketsFromSalesforce = "ticket-updates-from-salesforce"
        case newTicketsFromHubSpot = "ticket-creates-from-hubspot"
        case newTicketsFromSalesforce = "ticket-creates-from-salesforce"
        case tasksFromHubSpot = "task-updates-from-hubspot"
        case tasksFromSalesforce = "task-updates-from-salesforce"
        case newTasksFromHubSpot = "task-creates-from-hubspot"
        case newTasksFromSalesforce = "task-creates-from-salesforce"

        /// The Salesforce object of the records.
        var object: String {
            switch self {
            case .updatesFromHubSpot, .updatesFromSalesforce, .alwaysFromSalesforce,
                .createsFromHubSpot, .createsFromSalesforce:
                "Contact"
            case .leadsFromSalesforce, .leadsFromHubSpot: "Lead"
            case .companiesFromHubSpot, .companiesFromSalesforce, .newCompaniesFromHubSpot,
                .newCompaniesFromSalesforce:
                "Account"
            case .dealsFromHubSpot, .dealsFromSalesforce, .newDealsFromHubSpot,
                .newDealsFromSalesforce:
                "Opportunity"
            case .ticketsFromHubSpot, .ticketsFromSalesforce, .newTicketsFromHubSpot,
                .newTicketsFromSalesforce:
                "Case"
            case .tasksFromHubSpot, .tasksFromSalesforce, .newTasksFromHubSpot,
                .newTasksFromSalesforce:
                "Task"
            }
        }
    }

    private static let searchPage = 200
    private static let hubspotBatch = 100
    private static let query = 2_000
    private static let composite = 1_000

    /// What two looks cost at which nothing has changed.
    static let idle = CallMinimum(hubspot: 2, salesforce: 2)

    /// - Parameters:
    ///   - workload: what changed.
    ///   - count: how many records changed.
    init(_ workload: Workload, count: Int) {
        // The look that finds the change, and the one on which what was written comes back.
        let found = max(1, Self.parts(count, Self.searchPage))
        let queried = max(1, Self.parts(count, Self.query))
        switch workload {
        case .updatesFromHubSpot, .leadsFromHubSpot, .companiesFromHubSpot, .dealsFromHubSpot,
            .ticketsFromHubSpot, .tasksFromHubSpot:
            self.hubspot = found + 1
            // The newest edit wins: the target is read before it is written.
            self.salesforce = 1 + Self.parts(count, Self.query) + Self.parts(count, Self.composite)
            self.salesforce += queried
        case .updatesFromSalesforce, .leadsFromSalesforce, .companiesFromSalesforce,
            .dealsFromSalesforce, .ticketsFromSalesforce, .tasksFromSalesforce:
            self.salesforce = queried + 1
            self.hubspot = 1 + 2 * Self.parts(count, Self.hubspotBatch) + found
        case .alwaysFromSalesforce:
            self.salesforce = queried + 1
            self.hubspot = 1 + Self.parts(count, Self.hubspotBatch) + found
        case .createsFromHubSpot, .newCompaniesFromHubSpot, .newDealsFromHubSpot,
            .newTicketsFromHubSpot, .newTasksFromHubSpot:
            // The new record's id is noted on the record it comes from, which comes back as well.
            self.hubspot = found + Self.parts(count, Self.hubspotBatch) + found
            self.salesforce = 1 + Self.parts(count, Self.query) + Self.parts(count, Self.composite)
            self.salesforce += queried
        case .createsFromSalesforce, .newTicketsFromSalesforce, .newTasksFromSalesforce:
            self.salesforce = queried + Self.parts(count, Self.composite) + queried
            // A create that meets the same e-mail address names its holder: no match beforehand. A ticket
            // matches nothing.
            self.hubspot = 1 + Self.parts(count, Self.hubspotBatch) + found
        case .newCompaniesFromSalesforce, .newDealsFromSalesforce:
            self.salesforce = queried + Self.parts(count, Self.composite) + queried
            // HubSpot keeps no name of a company or a deal unique: a search for a hundred finds out.
            self.hubspot = 1 + 2 * Self.parts(count, Self.hubspotBatch) + found
        }
        self.hubspot += Self.ties(workload, found)
    }

    /// Whom a task is with is asked for once for each page that shows new versions.
    private static func ties(_ workload: Workload, _ found: Int) -> Int {
        switch workload {
        case .tasksFromHubSpot, .tasksFromSalesforce, .newTasksFromSalesforce: found
        case .newTasksFromHubSpot: 2 * found
        case .updatesFromHubSpot, .updatesFromSalesforce, .alwaysFromSalesforce,
            .createsFromHubSpot, .createsFromSalesforce, .leadsFromSalesforce, .leadsFromHubSpot,
            .companiesFromHubSpot, .companiesFromSalesforce, .newCompaniesFromHubSpot,
            .newCompaniesFromSalesforce, .dealsFromHubSpot, .dealsFromSalesforce,
            .newDealsFromHubSpot, .newDealsFromSalesforce, .ticketsFromHubSpot,
            .ticketsFromSalesforce, .newTicketsFromHubSpot, .newTicketsFromSalesforce:
            0
        }
    }

    private init(hubspot: Int, salesforce: Int) {
        self.hubspot = hubspot
        self.salesforce = salesforce
    }

    /// The aim: a twentieth more, and three.
    func allows(hubspot: Int, salesforce: Int) -> Bool {
        Double(hubspot + salesforce) <= 1.05 * Double(self.hubspot + self.salesforce) + 3
    }

    private static func parts(_ count: Int, _ max: Int) -> Int {
        (count + max - 1) / max
    }
}
