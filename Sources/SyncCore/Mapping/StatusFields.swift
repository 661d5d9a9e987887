/// The fields in which a mapping's records tell how they stand, and where their counterpart is.
package struct StatusFields: Sendable, Hashable {
    /// One side's fields; `nil` where it has none.
    package struct Names: Sendable, Hashable {
        package var status: String?
        /// Holds the address of the counterpart's page.
        package var page: String?

        package init(status: String? = nil, page: String? = nil) {
            self.status = status
            self.page = page
        }

        package var isEmpty: Bool { self.status == nil && self.page == nil }
    }

    package var hubspot: Names
    package var salesforce: Names

    package init(hubspot: Names = Names(), salesforce: Names = Names()) {
        self.hubspot = hubspot
        self.salesforce = salesforce
    }

    package func names(on side: Side) -> Names {
        side == .hubspot ? self.hubspot : self.salesforce
    }

    /// Changes where records that have been told are to be told again.
    package var makeUp: String {
        Side.allCases.map { side in
            let names = self.names(on: side)
            return [names.status ?? "", names.page ?? ""].joined(separator: " ")
        }.joined(separator: "\n")
    }
}
