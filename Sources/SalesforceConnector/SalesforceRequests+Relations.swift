import CRMInterface
package import HTTPTransport
import SyncCore

/// How records hang together: by queries over relationships.
extension SalesforceRequests {
    // MARK: - Reading

    /// The children of one relationship that a query brings along.
    package struct Relationship: Sendable, Hashable {
        /// As describe names it on the parent: `Contacts`, `OpportunityContactRoles`, `Trips__r`.
        package var name: String
        package var fields: [String]
        /// How many of each parent's children; `nil` for all, in pages of their own.
        package var limit: Int?

        package init(_ name: String, fields: [String], limit: Int? = nil) {
            self.name = name
            self.fields = fields
            self.limit = limit
        }
    }

    /// Records by id with fields of their parents and with their children, as one call.
    ///
    /// SOQL: relationships_query_limits. 20 relationships and five levels of parents at most;
    /// children count for the page's 2,000 rows, so that pages hold fewer parents (REST API:
    /// headers_queryoptions).
    package func related(
        _ object: String,
        ids: [String],
        fields: [String],
        children: [Relationship]
    ) -> HTTPRequest {
        let inner = children.prefix(20).map { child in
            let limit = child.limit.map { " LIMIT \(max(1, $0))" } ?? ""
            return "(SELECT \(Self.list(child.fields)) FROM \(child.name)\(limit))"
        }
        let columns = ([Self.list(fields)] + inner).joined(separator: ",")
        let list = Set(ids).sorted().map { "'\(SalesforceQueries.escaped($0))'" }
        return self.statement(
            "SELECT \(columns) FROM \(object) WHERE Id IN (\(list.joined(separator: ",")))"
        )
    }

    /// The next page of records, of parents or of one parent's children, as the reply named it.
    package func records(next: String) -> HTTPRequest { self.get(next) }
}
