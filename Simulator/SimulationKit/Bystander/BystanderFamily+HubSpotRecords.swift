import SyncCore

/// What another app does with HubSpot's records that the engine does not sync.
extension BystanderFamily {
    static let hubspot =
        [
            deals, tickets, companies, activities, products, splits, pipelines, owners, labels,
        ] + hubspotSettings + hubspotTraffic

    private static let deals = BystanderFamily(
        "deals",
        .hubspot,
        [
            .init(
                "POST /crm/v3/objects/deals",
                #"{"properties":{"dealname":"Deal {n}","dealstage":"appointmentscheduled","pipeline":"default","amount":"{n}.5"}}"#,
                .make("deals")
            ),
            .init(
                "POST /crm/objects/2026-03/deals",
                #"{"properties":{"dealname":"Deal {n}","dealstage":"qualifiedtobuy","description":"{n}"}}"#,
                .make("deals")
            ),
            .init("GET /crm/v3/objects/deals/{deals}?properties=dealname,amount"),
            .init(
                "PATCH /crm/v3/objects/deals/{deals}",
                #"{"properties":{"hs_next_step":"Call {n}","dealstage":"closedwon"}}"#,
                .edit("deals")
            ),
            .init(
                "POST /crm/v3/objects/deals/search",
                #"{"filterGroups":[{"filters":[{"propertyName":"dealstage","operator":"EQ","value":"closedwon"}]}],"sorts":["-createdate"],"properties":["dealname"],"limit":10}"#
            ),
            .init(
                "POST /crm/v3/objects/deals/batch/create",
                #"{"inputs":[{"properties":{"dealname":"Many {n}","dealstage":"appointmentscheduled"}},{"properties":{"dealname":"More {n}","dealstage":"appointmentscheduled"}}]}"#
            ).finding("results.0.id", "batch_deal").finding("results.1.id", "other_deal"),
            .init(
                "POST /crm/v3/objects/deals/batch/read",
                #"{"inputs":[{"id":"{batch_deal}"},{"id":"{other_deal}"}],"properties":["dealname"],"propertiesWithHistory":["dealstage"]}"#
            ),
            .init(
                "POST /crm/objects/2026-03/deals/batch/update",
                #"{"inputs":[{"id":"{batch_deal}","properties":{"amount":"{n}"}},{"id":"{other_deal}","properties":{"description":"{n}"}}]}"#
            ),
            .init("GET /crm/v3/objects/deals?limit=5&properties=dealname&associations=tickets"),
            .init(
                "PUT /crm/v4/objects/deals/{batch_deal}/associations/default/contacts/{contact}"
            ),
            .init("GET /crm/v4/objects/deals/{batch_deal}/associations/contacts"),
            .init("DELETE /crm/v4/objects/deals/{batch_deal}/associations/contacts/{contact}"),
            .init(
                "POST /crm/v3/objects/deals/batch/archive",
                #"{"inputs":[{"id":"{other_deal}"}]}"#
            ),
            .init("DELETE /crm/v3/objects/deals/{deals}", "", .delete("deals")),
            .init("GET /crm/v3/objects/deals?archived=true&limit=5"),
        ]
    )

    private static let tickets = BystanderFamily(
        "tickets",
        .hubspot,
        [
            .init(
                "POST /crm/v3/objects/tickets",
                #"{"properties":{"subject":"Ticket {n}","hs_pipeline":"0","hs_pipeline_stage":"1"}}"#,
                .make("tickets")
            ),
            .init(
                "PATCH /crm/objects/2026-03/tickets/{tickets}",
                #"{"properties":{"content":"It is broken, {n} times.","hs_ticket_priority":"HIGH"}}"#,
                .edit("tickets")
            ),
            .init("GET /crm/v3/objects/tickets/{tickets}?propertiesWithHistory=hs_pipeline_stage"),
            .init(
                "POST /crm/v3/objects/tickets/search",
                #"{"query":"Ticket","limit":5,"properties":["subject"]}"#
            ),
            .init(
                "PATCH /crm/v3/objects/tickets/{tickets}",
                #"{"properties":{"hs_pipeline_stage":"4"}}"#,
                .edit("tickets")
            ),
            .init("GET /crm/v3/objects/tickets?limit=3"),
            .init(
                "POST /crm/v3/objects/tickets",
                #"{"properties":{"subject":"Other {n}","hs_pipeline_stage":"2"}}"#,
                .make("tickets")
            ),
            .init("DELETE /crm/v3/objects/tickets/{tickets}", "", .delete("tickets")),
        ]
    )

    private static let companies = BystanderFamily(
        "companies",
        .hubspot,
        [
            .init(
                "POST /crm/v3/objects/companies",
                #"{"properties":{"name":"Firm {n}","domain":"firm{n}.example","city":"Oslo"}}"#,
                .make("companies")
            ),
            .init(
                "PATCH /crm/v3/objects/companies/{companies}",
                #"{"properties":{"phone":"+47 {n}","numberofemployees":"{n}"}}"#,
                .edit("companies")
            ),
            .init(
                "POST /crm/v3/objects/companies/search",
                #"{"filterGroups":[{"filters":[{"propertyName":"domain","operator":"CONTAINS_TOKEN","value":"firm*"}]}],"limit":5}"#
            ),
            .init(
                "POST /crm/v3/objects/companies/batch/create",
                #"{"inputs":[{"properties":{"name":"Branch {n}"}},{"properties":{"name":"Depot {n}"}}]}"#
            ).finding("results.0.id", "branch").finding("results.1.id", "depot"),
            .init(
                "POST /crm/v3/objects/companies/merge",
                #"{"primaryObjectId":"{branch}","objectIdToMerge":"{depot}"}"#
            ),
            .init("GET /crm/v3/objects/companies?limit=3&properties=name,domain"),
        ]
    )

    private static let activities = BystanderFamily(
        "activities",
        .hubspot,
        [
            .init(
                "POST /crm/v3/objects/notes",
                #"{"properties":{"hs_timestamp":"2026-09-21T10:00:00Z","hs_note_body":"Note {n}"}}"#,
                .make("notes")
            ),
            .init(
                "PATCH /crm/v3/objects/notes/{notes}",
                #"{"properties":{"hs_note_body":"Another note {n}"}}"#,
                .edit("notes")
            ),
            .init(
                "POST /crm/v3/objects/tasks",
                #"{"properties":{"hs_timestamp":"2026-09-21T10:00:00Z","hs_task_subject":"To do {n}","hubspot_owner_id":"71"}}"#
            ).finding("id", "hub_task"),
            .init("PUT /crm/v4/objects/tasks/{hub_task}/associations/default/deals/{deals}"),
            .init("GET /crm/v3/objects/tasks/{hub_task}?associations=deals"),
            .init("GET /engagements/v1/engagements/paged?limit=5"),
            .init("DELETE /crm/v3/objects/tasks/{hub_task}"),
            .init("GET /crm/v3/objects/notes?limit=5"),
        ]
    )

    private static let products = BystanderFamily(
        "products",
        .hubspot,
        [
            .init(
                "POST /crm/v3/objects/products",
                #"{"properties":{"name":"Widget {n}","price":"9.5"}}"#,
                .make("products")
            ),
            .init(
                "POST /crm/v3/objects/line_items",
                #"{"properties":{"name":"Widgets {n}","quantity":"3","price":"9.5","hs_product_id":"{products}"}}"#
            ).finding("id", "line_item"),
            .init(
                "PUT /crm/v4/objects/line_items/{line_item}/associations/default/deals/{deals}"
            ),
            .init("GET /crm/v3/objects/line_items?limit=5&associations=deals"),
            .init(
                "PATCH /crm/v3/objects/products/{products}",
                #"{"properties":{"description":"Widgets, {n} of them"}}"#,
                .edit("products")
            ),
        ]
    )

    private static let splits = BystanderFamily(
        "deal splits",
        .hubspot,
        [
            .init(
                "POST /crm/v3/objects/deals",
                #"{"properties":{"dealname":"Shared {n}","dealstage":"closedwon","hubspot_owner_id":"71"}}"#
            ).finding("id", "shared_deal"),
            .init(
                "POST /crm/v3/objects/deals/splits/batch/upsert",
                #"{"inputs":[{"id":{shared_deal},"splits":[{"ownerId":71,"percentage":0.6},{"ownerId":72,"percentage":0.4}]}]}"#
            ),
            .init(
                "POST /deal-splits/2026-03/batch/read",
                #"{"inputs":[{"id":"{shared_deal}"}]}"#
            ),
        ]
    )

    private static let pipelines = BystanderFamily(
        "pipelines",
        .hubspot,
        [
            .init("GET /crm/v3/pipelines/deals"),
            .init(
                "POST /crm/v3/pipelines/deals",
                #"{"label":"Pipeline {n}","displayOrder":9,"stages":[{"label":"First","displayOrder":0,"metadata":{"probability":"0.5"}},{"label":"Won","displayOrder":1,"metadata":{"probability":"1.0"}}]}"#
            ).finding("id", "pipeline"),
            .init("GET /crm/v3/pipelines/deals/{pipeline}"),
            .init(
                "POST /crm/v3/pipelines/deals/{pipeline}/stages",
                #"{"label":"Stage {n}","displayOrder":2,"metadata":{"probability":"0.2"}}"#
            ).finding("id", "stage"),
            .init(
                "POST /crm/v3/objects/deals",
                #"{"properties":{"dealname":"Piped {n}","pipeline":"{pipeline}","dealstage":"{stage}"}}"#
            ).finding("id", "piped_deal"),
            .init(
                "PATCH /crm/v3/pipelines/deals/{pipeline}/stages/{stage}",
                #"{"label":"Renamed {n}","metadata":{"probability":"0.3"}}"#
            ),
            .init("PATCH /crm/v3/pipelines/deals/{pipeline}", #"{"label":"Renamed {n}"}"#),
            .init("DELETE /crm/v3/objects/deals/{piped_deal}"),
            .init("DELETE /crm/v3/pipelines/deals/{pipeline}"),
            .init("GET /crm/v3/pipelines/tickets"),
        ]
    )

    private static let owners = BystanderFamily(
        "owners",
        .hubspot,
        [
            .init("GET /crm/v3/owners?limit=2").finding("results.0.id", "owner")
                .finding("results.0.email", "owner_mail"),
            .init("GET /crm/v3/owners/{owner}"),
            .init("GET /crm/v3/owners?email={owner_mail}"),
            .init("GET /settings/v3/users?limit=2").finding("results.0.id", "user"),
            .init("GET /settings/v3/users/{user}"), .init("GET /settings/v3/users/teams"),
            .init("GET /settings/v3/users/roles"), .init("GET /crm/v3/owners?archived=true"),
        ]
    )

    private static let labels = BystanderFamily(
        "labels",
        .hubspot,
        [
            .init(
                "POST /crm/v4/associations/deals/tickets/labels",
                #"{"label":"Blocks {n}","name":"blocks_{n}"}"#
            ).finding("results.0.typeId", "label"),
            .init("GET /crm/v4/associations/deals/tickets/labels"),
            .init(
                "PUT /crm/v4/objects/deals/{deals}/associations/tickets/{tickets}",
                #"[{"associationCategory":"USER_DEFINED","associationTypeId":{label}}]"#
            ),
            .init("GET /crm/v4/objects/deals/{deals}/associations/tickets"),
            .init(
                "POST /crm/v4/associations/deals/tickets/batch/read",
                #"{"inputs":[{"id":"{deals}"}]}"#
            ),
            .init("GET /crm/v4/associations/definitions/configurations/deals/tickets"),
            .init("GET /crm/v3/associations/deals/tickets/types"),
            .init(
                "PUT /crm/v4/associations/deals/tickets/labels",
                #"{"associationTypeId":{label},"label":"Stops {n}"}"#
            ),
            .init("DELETE /crm/v4/associations/deals/tickets/labels/{label}"),
        ]
    )
}
