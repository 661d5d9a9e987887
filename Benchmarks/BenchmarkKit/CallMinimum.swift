/// The fewest calls that a workload can cost with these APIs.
///
/// Detection pages, the reads that a rule needs before it writes, write batches (updates and creates
/// apart) and the pages on which the writes come back, by what one call of each vendor carries:
/// HubSpot's search shows 200 records and its batches take 100; a query of Salesforce shows 2,000 and
/// its Composite takes 1,000.
struct CallMinimum: Equatable {
    var hubspot = 0
    var salesforce = 0

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
        switch workload.change {
        case .updatesFromHubSpot:
            self.hubspot = found + 1
            // The newest edit wins: the target is read before it is written.
            self.salesforce = 1 + Self.parts(count, Self.query) + Self.parts(count, Self.composite)
            self.salesforce += queried
        case .updatesFromSalesforce:
            self.salesforce = queried + 1
            self.hubspot = 1 + 2 * Self.parts(count, Self.hubspotBatch) + found
        case .alwaysFromSalesforce:
            self.salesforce = queried + 1
            self.hubspot = 1 + Self.parts(count, Self.hubspotBatch) + found
        case .createsFromHubSpot:
            // The new record's id is noted on the record it comes from, which comes back as well.
            self.hubspot = found + Self.parts(count, Self.hubspotBatch) + found
            self.salesforce = 1 + Self.parts(count, Self.query) + Self.parts(count, Self.composite)
            self.salesforce += queried
        case .createsFromSalesforce:
            self.salesforce = queried + Self.parts(count, Self.composite) + queried
            // A create that meets the same e-mail address names its holder: no match beforehand. A ticket
            // matches nothing. Names of companies and deals are searched, a hundred at once.
            let searches = workload.subject.isSearched ? Self.parts(count, Self.hubspotBatch) : 0
            self.hubspot = 1 + searches + Self.parts(count, Self.hubspotBatch) + found
        }
        self.hubspot += Self.ties(workload, found)
    }

    /// Whom an activity is with is asked for once for each page that shows new versions.
    private static func ties(_ workload: Workload, _ found: Int) -> Int {
        guard workload.subject.hasTies else { return 0 }
        return workload.change == .createsFromHubSpot ? 2 * found : found
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
