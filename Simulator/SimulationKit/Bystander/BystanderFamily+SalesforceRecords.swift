import SyncCore

/// What another app does with Salesforce's records that the engine does not sync.
extension BystanderFamily {
    static let salesforce =
        [
            accounts, opportunities, cases, campaigns, activities, prices, sites, composites,
        ] + salesforceJobs + salesforceSettings

    private static let accounts = BystanderFamily(
        "accounts",
        .salesforce,
        [
            .init(
                "POST /services/data/v62.0/sobjects/Account",
                #"{"Name":"Firm {n}","Website":"firm{n}.example","NumberOfEmployees":7}"#,
                .make("Account")
            ),
            .init(
                "PATCH /services/data/v62.0/sobjects/Account/{Account}",
                #"{"Phone":"+47 {n}","BillingCity":"Oslo"}"#,
                .edit("Account")
            ),
            .init("GET /services/data/v62.0/sobjects/Account/{Account}?fields=Id,Name"),
            .init(
                "GET /services/data/v62.0/query?q=SELECT+Id,Name,Owner.Name+FROM+Account+LIMIT+5"
            ),
        ]
    )

    private static let opportunities = BystanderFamily(
        "opportunities",
        .salesforce,
        [
            .init(
                "POST /services/data/v62.0/sobjects/Opportunity",
                #"{"Name":"Chance {n}","StageName":"Prospecting","CloseDate":"2026-12-01","AccountId":"{Account}","Amount":10.5}"#,
                .make("Opportunity")
            ),
            .init(
                "PATCH /services/data/v62.0/sobjects/Opportunity/{Opportunity}",
                #"{"NextStep":"Call {n}","StageName":"Qualification"}"#,
                .edit("Opportunity")
            ),
            .init("GET /services/data/v62.0/sobjects/Opportunity/{Opportunity}/Account"),
            .init(
                "GET /services/data/v62.0/query?q=SELECT+StageName,COUNT(Id),SUM(Amount)+FROM+Opportunity+GROUP+BY+StageName"
            ),
            .init(
                "POST /services/data/v62.0/sobjects/Opportunity",
                #"{"Name":"Other {n}","StageName":"Closed Won","CloseDate":"2026-11-30"}"#,
                .make("Opportunity")
            ),
            .init(
                "DELETE /services/data/v62.0/sobjects/Opportunity/{Opportunity}",
                "",
                .delete("Opportunity")
            ),
            .init("GET /services/data/v62.0/queryAll?q=SELECT+Id,IsDeleted+FROM+Opportunity"),
        ]
    )

    private static let cases = BystanderFamily(
        "cases",
        .salesforce,
        [
            .init(
                "POST /services/data/v62.0/sobjects/Case",
                #"{"Subject":"Case {n}","Status":"New","Priority":"High"}"#,
                .make("Case")
            ).header("Sforce-Auto-Assign", "TRUE"),
            .init(
                "PATCH /services/data/v62.0/sobjects/Case/{Case}",
                #"{"Description":"It happened {n} times.","Status":"Working"}"#,
                .edit("Case")
            ),
            .init(
                "GET /services/data/v62.0/query?q=SELECT+CaseNumber,Owner.Name+FROM+Case+WHERE+IsClosed=false+LIMIT+5"
            ),
            .init(
                "POST /services/data/v62.0/sobjects/Case",
                #"{"Subject":"Question {n}","Origin":"Web"}"#,
                .make("Case")
            ).header("Sforce-Auto-Assign", "FALSE"),
            .init("DELETE /services/data/v62.0/sobjects/Case/{Case}", "", .delete("Case")),
        ]
    )

    private static let campaigns = BystanderFamily(
        "campaigns",
        .salesforce,
        [
            .init(
                "POST /services/data/v62.0/sobjects/Campaign",
                #"{"Name":"Campaign {n}","Status":"Planned"}"#,
                .make("Campaign")
            ),
            .init(
                "PATCH /services/data/v62.0/sobjects/Campaign/{Campaign}",
                #"{"Description":"For {n} people","StartDate":"2026-10-01"}"#,
                .edit("Campaign")
            ),
            .init("GET /services/data/v62.0/query?q=SELECT+Id,Name+FROM+Campaign+ORDER+BY+Name"),
            .init(
                "PATCH /services/data/v62.0/sobjects/Opportunity/{Opportunity}",
                #"{"CampaignId":"{Campaign}"}"#,
                .edit("Opportunity")
            ),
        ]
    )

    private static let activities = BystanderFamily(
        "activities",
        .salesforce,
        [
            .init(
                "POST /services/data/v62.0/sobjects/Task",
                #"{"Subject":"To do {n}","WhatId":"{Account}","ActivityDate":"2026-12-01"}"#,
                .make("Task")
            ),
            .init(
                "PATCH /services/data/v62.0/sobjects/Task/{Task}",
                #"{"Description":"Said {n}","Status":"Completed"}"#,
                .edit("Task")
            ),
            .init(
                "POST /services/data/v62.0/sobjects/Event",
                #"{"Subject":"Meeting {n}","DurationInMinutes":30,"ActivityDateTime":"2026-12-01T09:00:00.000+0000"}"#,
                .make("Event")
            ),
            .init(
                "PATCH /services/data/v62.0/sobjects/Event/{Event}",
                #"{"Location":"Room {n}"}"#,
                .edit("Event")
            ),
            .init(
                "GET /services/data/v62.0/query?q=SELECT+Subject,What.Type+FROM+Task+WHERE+What.Type='Account'"
            ),
            .init("DELETE /services/data/v62.0/sobjects/Event/{Event}", "", .delete("Event")),
        ]
    )

    private static let prices = BystanderFamily(
        "products",
        .salesforce,
        [
            .init(
                "GET /services/data/v62.0/query?q=SELECT+Id+FROM+Pricebook2+WHERE+IsStandard=true"
            ).finding("records.0.Id", "book"),
            .init(
                "POST /services/data/v62.0/sobjects/Product2",
                #"{"Name":"Widget {n}","ProductCode":"W{n}","IsActive":true}"#,
                .make("Product2")
            ).finding("id", "product"),
            .init(
                "POST /services/data/v62.0/sobjects/PricebookEntry",
                #"{"Pricebook2Id":"{book}","Product2Id":"{product}","UnitPrice":9.5,"IsActive":true}"#
            ).finding("id", "entry"),
            .init(
                "POST /services/data/v62.0/sobjects/Opportunity",
                #"{"Name":"Sale {n}","StageName":"Prospecting","CloseDate":"2026-12-01"}"#
            ).finding("id", "sale"),
            .init(
                "POST /services/data/v62.0/sobjects/OpportunityLineItem",
                #"{"OpportunityId":"{sale}","PricebookEntryId":"{entry}","Quantity":3,"UnitPrice":9.99}"#
            ),
            .init(
                "GET /services/data/v62.0/query?q=SELECT+Amount,(SELECT+Quantity+FROM+OpportunityLineItems)+FROM+Opportunity+WHERE+Id='{sale}'"
            ),
            .init("DELETE /services/data/v62.0/sobjects/Opportunity/{sale}"),
        ]
    )

    /// Records with a record type, and those that belong to them and go with them.
    private static let sites = BystanderFamily(
        "sites",
        .salesforce,
        [
            .init(
                "POST /services/data/v62.0/sobjects/Site__c",
                #"{"Name":"Site {n}","Street__c":"Quay {n}"}"#,
                .make("Site__c")
            ),
            .init(
                "POST /services/data/v62.0/sobjects/Visit__c",
                #"{"Site__c":"{Site__c}"}"#
            ).finding("id", "visit"),
            .init(
                "PATCH /services/data/v62.0/sobjects/Site__c/{Site__c}",
                #"{"Street__c":"Pier {n}"}"#,
                .edit("Site__c")
            ),
            .init(
                "GET /services/data/v62.0/query?q=SELECT+Name,RecordType.Name,(SELECT+Name+FROM+Visits__r)+FROM+Site__c"
            ),
            .init("GET /services/data/v62.0/query?q=SELECT+Site__r.Name+FROM+Visit__c"),
            .init("DELETE /services/data/v62.0/sobjects/Visit__c/{visit}"),
            .init("DELETE /services/data/v62.0/sobjects/Site__c/{Site__c}", "", .delete("Site__c")),
        ]
    )

    private static let composites = BystanderFamily(
        "composite",
        .salesforce,
        [
            .init(
                "POST /services/data/v62.0/composite",
                #"{"allOrNone":true,"compositeRequest":[{"method":"POST","url":"/services/data/v62.0/sobjects/Account","referenceId":"a","body":{"Name":"Whole {n}"}},{"method":"POST","url":"/services/data/v62.0/sobjects/Opportunity","referenceId":"o","body":{"Name":"Part {n}","StageName":"Prospecting","CloseDate":"2026-12-01","AccountId":"@{a.id}"}}]}"#
            ).finding("compositeResponse.0.body.id", "whole"),
            .init(
                "POST /services/data/v62.0/composite/batch",
                #"{"batchRequests":[{"method":"GET","url":"v62.0/limits"},{"method":"PATCH","url":"v62.0/sobjects/Account/{whole}","richInput":{"Phone":"{n}"}}]}"#
            ),
            .init(
                "POST /services/data/v62.0/composite/graph",
                #"{"graphs":[{"graphId":"g","compositeRequest":[{"method":"POST","url":"/services/data/v62.0/sobjects/Account","referenceId":"a","body":{"Name":"Graph {n}"}}]}]}"#
            ),
            .init(
                "POST /services/data/v62.0/composite/tree/Account",
                #"{"records":[{"attributes":{"type":"Account","referenceId":"r"},"Name":"Tree {n}","Opportunities":{"records":[{"attributes":{"type":"Opportunity","referenceId":"s"},"Name":"Leaf {n}","StageName":"Prospecting","CloseDate":"2026-12-01"}]}}]}"#
            ),
            .init(
                "POST /services/data/v62.0/composite/sobjects",
                #"{"allOrNone":false,"records":[{"attributes":{"type":"Opportunity"},"Name":"One {n}","StageName":"Prospecting","CloseDate":"2026-12-01"},{"attributes":{"type":"Opportunity"},"Name":"Two {n}","StageName":"Prospecting","CloseDate":"2026-12-01"}]}"#
            ).finding("0.id", "one").finding("1.id", "two"),
            .init(
                "PATCH /services/data/v62.0/composite/sobjects",
                #"{"records":[{"attributes":{"type":"Opportunity"},"id":"{one}","NextStep":"{n}"}]}"#
            ),
            .init(
                "GET /services/data/v62.0/composite/sobjects/Opportunity?ids={one},{two}&fields=Id,Name"
            ),
            .init("DELETE /services/data/v62.0/composite/sobjects?ids={one},{two}&allOrNone=true"),
        ]
    )
}
