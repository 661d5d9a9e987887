/// The records of both sides that share one match key, as a backfill finds them.
package struct MatchGroup: Sendable, Hashable {
    package enum Verdict: Sendable, Hashable {
        /// One on each side.
        case link(hubspot: String, salesforce: String)
        /// Several on a side: a finding names them all, nothing is created.
        case ambiguous(hubspot: [String], salesforce: [String])
        /// One on this side, none on the other.
        case create(from: Side, id: String)
        case none
    }

    package var hubspot: Set<String>
    package var salesforce: Set<String>

    package init(hubspot: Set<String> = [], salesforce: Set<String> = []) {
        self.hubspot = hubspot
        self.salesforce = salesforce
    }

    package var verdict: Verdict {
        let hubspot = self.hubspot.sorted()
        let salesforce = self.salesforce.sorted()
        guard hubspot.count <= 1, salesforce.count <= 1 else {
            return .ambiguous(hubspot: hubspot, salesforce: salesforce)
        }
        switch (hubspot.first, salesforce.first) {
        case (let left?, let right?): return .link(hubspot: left, salesforce: right)
        case (let left?, nil): return .create(from: .hubspot, id: left)
        case (nil, let right?): return .create(from: .salesforce, id: right)
        case (nil, nil): return .none
        }
    }
}
