import HTTPTransport

/// The paths of Salesforce's REST API at one version.
///
/// Sources as comments of this module name them: `REST API: x` is page x of the guide at
/// developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest; `SOAP API`, `Bulk API 2.0`,
/// `SOQL` and `App limits` are its sister guides, `Salesforce Help` is help.salesforce.com.
/// `recorded` is a reply of a real org in the cassettes of github.com/SFDO-Tooling/CumulusCI.
package struct SalesforcePaths: Sendable, Hashable {
    private let base: String

    package init(version: SalesforceVersion) {
        self.base = "/services/data/v\(version.name)"
    }

    /// github.com/jsforce/jsforce, src/oauth2.ts.
    package var authorize: String { "/services/oauth2/authorize" }
    package var token: String { "/services/oauth2/token" }
    package var revoke: String { "/services/oauth2/revoke" }
    package var composite: String { self.base + "/composite" }
    package func describe(_ object: String) -> String { self.base + "/sobjects/\(object)/describe" }
    package var objects: String { self.base + "/sobjects" }
    package var customFields: String { self.base + "/tooling/sobjects/CustomField" }
    package func row(_ object: String, _ id: String) -> String { self.objects + "/\(object)/\(id)" }
    package func updated(_ object: String) -> String { self.objects + "/\(object)/updated/" }
    package func deleted(_ object: String) -> String { self.objects + "/\(object)/deleted/" }
    /// The UI API: what an object's picklists offer under one record type.
    package func picklists(_ object: String, _ recordType: String) -> String {
        self.base + "/ui-api/object-info/\(object)/picklist-values/\(recordType)"
    }
    /// Bulk API 2.0: create_job, query_create_job.
    package var ingestJobs: String { self.base + "/jobs/ingest" }
    package var queryJobs: String { self.base + "/jobs/query" }
    /// REST API: resources_limits.
    package var limits: String { self.base + "/limits" }
    package func query(_ soql: String) -> String { self.base + "/query?q=" + Percent.form(soql) }
    package func queryAll(_ soql: String) -> String {
        self.base + "/queryAll?q=" + Percent.form(soql)
    }
    /// Collections: create and update take any object, read names it (REST API:
    /// resources_composite_sobjects_collections).
    package var collections: String { self.base + "/composite/sobjects" }
    package func collections(_ object: String) -> String { self.collections + "/" + object }
}
