import SyncCore

/// What another app reads and changes of how an org is set up.
extension BystanderFamily {
    static let salesforceSettings = [tooling, describes, org]

    /// Fields of an object that nobody syncs.
    private static let tooling = BystanderFamily(
        "Tooling",
        .salesforce,
        [
            .init(
                "POST /services/data/v62.0/tooling/sobjects/CustomField",
                #"{"FullName":"Opportunity.Own{n}__c","Metadata":{"label":"Own {n}","type":"Text","length":40}}"#
            ).finding("id", "custom_field"),
            .init("GET /services/data/v62.0/tooling/sobjects/CustomField/{custom_field}"),
            .init(
                "GET /services/data/v62.0/tooling/query?q=SELECT+Id,DeveloperName+FROM+CustomField+LIMIT+5"
            ),
            .init("DELETE /services/data/v62.0/tooling/sobjects/CustomField/{custom_field}"),
        ]
    )

    private static let describes = BystanderFamily(
        "describes",
        .salesforce,
        [
            .init("GET /services/data/v62.0/sobjects"),
            .init("GET /services/data/v62.0/sobjects/Opportunity/describe"),
            .init("GET /services/data/v62.0/sobjects/Opportunity/describe/layouts"),
            .init("GET /services/data/v62.0/sobjects/Case/describe/compactLayouts"),
            .init("GET /services/data/v62.0/ui-api/object-info/Case"),
            .init("GET /services/data/v62.0/sobjects/Opportunity/listviews")
                .finding("listviews.0.id", "view"),
            .init("GET /services/data/v62.0/sobjects/Opportunity/listviews/{view}/results?limit=2"),
            .init("GET /services/data/v62.0/sobjects/Site__c/describe"),
        ]
    )

    private static let org = BystanderFamily(
        "org",
        .salesforce,
        [
            .init("GET /services/data/v62.0/limits"), .init("GET /services/data/v62.0"),
            .init("GET /services/data/v62.0/limits/recordCount?sObjects=Opportunity,Case"),
            .init("GET /services/data/v62.0/query?q=SELECT+Id,Name,Profile.Name+FROM+User"),
            .init("GET /services/data/v62.0/query?q=SELECT+Name,IsSandbox+FROM+Organization"),
            .init("GET /services/data/v62.0/query?q=SELECT+Id,Label+FROM+PermissionSet"),
            .init("GET /services/data/v62.0/query?q=SELECT+MasterLabel+FROM+OpportunityStage"),
            .init("GET /services/data/v62.0/query?q=SELECT+Name+FROM+RecordType"),
        ]
    )
}
