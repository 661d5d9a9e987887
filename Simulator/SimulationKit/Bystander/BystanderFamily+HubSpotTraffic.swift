import SyncCore

/// Another app's files, forms, events and webhooks in HubSpot.
extension BystanderFamily {
    static let hubspotTraffic = [
        imports, exports, forms, mails, events, webhooks, journal, oldVersions,
    ]

    private static let imports = BystanderFamily(
        "imports",
        .hubspot,
        [
            .init("POST /crm/v3/imports", importOfDeals)
                .typed("multipart/form-data; boundary=bystander").finding("id", "import"),
            .init("GET /crm/v3/imports/{import}"),
            .init("GET /crm/v3/imports?limit=2"),
            .init("GET /crm/v3/imports/{import}/errors"),
        ]
    )

    private static let importOfDeals =
        "--bystander\r\nContent-Disposition: form-data; name=\"importRequest\"\r\n\r\n"
        + #"{"name":"Import {n}","importOperations":{"0-3":"CREATE"},"files":[{"#
        + #""fileName":"deals.csv","fileFormat":"CSV","fileImportPage":{"hasHeader":true,"#
        + #""columnMappings":[{"columnObjectTypeId":"0-3","columnName":"Name","#
        + #""propertyName":"dealname"},{"columnObjectTypeId":"0-3","columnName":"Stage","#
        + #""propertyName":"dealstage"},{"columnObjectTypeId":"0-3","columnName":"Pipeline","#
        + #""propertyName":"pipeline"}]}}]}"#
        + "\r\n--bystander\r\nContent-Disposition: form-data; name=\"files\"; "
        + "filename=\"deals.csv\"\r\nContent-Type: text/csv\r\n\r\nName,Stage,Pipeline\r\n"
        + "Imported {n},appointmentscheduled,default\r\n\"Again, {n}\",closedwon,default\r\n"
        + "--bystander--\r\n"

    private static let exports = BystanderFamily(
        "exports",
        .hubspot,
        [
            .init(
                "POST /crm/v3/exports/export/async",
                #"{"exportType":"VIEW","exportName":"Export {n}","format":"CSV","language":"EN","objectType":"DEAL","objectProperties":["dealname","dealstage"]}"#
            ).finding("id", "export"),
            .init("GET /crm/v3/exports/export/async/tasks/{export}/status"),
            .init("GET /crm/v3/exports/export/{export}"),
            .init("GET /crm/v3/exports/export/async/tasks/{export}/status")
                .finding("result", "export_file"),
            .init("GET {export_file}").signed(by: .nobody),
        ]
    )

    /// Visitors who leave no address: nobody is made of them.
    private static let forms = BystanderFamily(
        "forms",
        .hubspot,
        [
            .init(
                "POST /marketing/v3/forms",
                #"{"name":"Form {n}","formType":"hubspot","createdAt":"2026-09-01T00:00:00Z","updatedAt":"2026-09-01T00:00:00Z","archived":false,"fieldGroups":[{"groupType":"default_group","richTextType":"text","fields":[{"objectTypeId":"0-1","name":"city","label":"City","required":true,"hidden":false,"fieldType":"single_line_text"}]}],"configuration":{"language":"en","cloneable":true},"displayOptions":{"theme":"default_style"},"legalConsentOptions":{"type":"none"}}"#
            ).finding("id", "form"),
            .init("GET /marketing/v3/forms/{form}"),
            .init(
                "POST /submissions/v3/integration/submit/9900001/{form}",
                #"{"fields":[{"objectTypeId":"0-1","name":"city","value":"Oslo {n}"}],"context":{"pageUri":"https://bystander.example/{n}"}}"#
            ).signed(by: .nobody),
            .init(
                "POST /submissions/v3/integration/secure/submit/9900001/{form}",
                #"{"fields":[{"objectTypeId":"0-1","name":"city","value":"Bern {n}"}]}"#
            ),
            .init("GET /form-integrations/v1/submissions/forms/{form}?limit=5"),
            .init("PATCH /marketing/v3/forms/{form}", #"{"name":"Renamed {n}"}"#),
            .init("GET /forms/v2/forms"), .init("GET /marketing/v3/forms?limit=2"),
            .init("DELETE /marketing/v3/forms/{form}"),
        ]
    )

    private static let mails = BystanderFamily(
        "marketing e-mails",
        .hubspot,
        [
            .init("GET /email/public/v1/campaigns?limit=2").finding("campaigns.0.id", "campaign")
                .finding("campaigns.0.appId", "mail_app"),
            .init("GET /email/public/v1/campaigns/{campaign}?appId={mail_app}"),
            .init("GET /email/public/v1/events?limit=2&eventType=OPEN"),
            .init("GET /email/public/v1/events?recipient=reader%40bystander.example"),
            .init("GET /email/public/v1/subscriptions/timeline?limit=2"),
        ]
    )

    private static let events = BystanderFamily(
        "events",
        .hubspot,
        [
            .init(
                "POST /events/v3/event-definitions",
                #"{"label":"Event {n}","name":"event_{n}","primaryObject":"CONTACT","propertyDefinitions":[{"name":"sum","label":"Sum","type":"number"}]}"#
            ).finding("fullyQualifiedName", "event"),
            .init(
                "POST /events/v3/send",
                #"{"eventName":"{event}","objectId":"{contact}","properties":{"sum":"{n}"}}"#
            ),
            .init("GET /events/v3/events?objectType=contact&objectId={contact}&eventType={event}"),
            .init("GET /events/v3/events/event-types"),
            .init("PATCH /events/v3/event-definitions/{event}", #"{"label":"Renamed {n}"}"#),
            .init("GET /events/v3/event-definitions?limit=2"),
            .init("DELETE /events/v3/event-definitions/{event}"),
        ]
    )

    private static let webhooks = BystanderFamily(
        "webhooks",
        .hubspot,
        [
            .init(
                "PUT /webhooks/v3/1160453/settings?hapikey=developer-hapikey",
                #"{"targetUrl":"https://bystander.example/hooks","throttling":{"maxConcurrentRequests":5}}"#
            ).signed(by: .nobody),
            .init(
                "POST /webhooks/v3/1160453/subscriptions?hapikey=developer-hapikey",
                #"{"eventType":"deal.propertyChange","propertyName":"dealstage","active":true}"#
            ).signed(by: .nobody).finding("id", "hook"),
            .init("GET /webhooks/v3/1160453/subscriptions?hapikey=developer-hapikey")
                .signed(by: .nobody),
            .init("GET /webhooks/v3/1160453/subscriptions/{hook}?hapikey=developer-hapikey")
                .signed(by: .nobody),
            .init(
                "PATCH /webhooks/v3/1160453/subscriptions/{hook}?hapikey=developer-hapikey",
                #"{"active":false}"#
            ).signed(by: .nobody),
            .init("DELETE /webhooks/v3/1160453/subscriptions/{hook}?hapikey=developer-hapikey")
                .signed(by: .nobody),
        ]
    )

    private static let journal = BystanderFamily(
        "journal",
        .hubspot,
        [
            .init(
                "POST /webhooks-journal/subscriptions/2026-03",
                #"{"subscriptionType":"OBJECT","objectTypeId":"0-3","portalId":9900001,"objectIds":[],"properties":["dealname"],"actions":["CREATE","UPDATE","DELETE"]}"#
            ).signed(by: .app).finding("id", "journal_subscription"),
            .init("GET /webhooks-journal/subscriptions/2026-03").signed(by: .app),
            .init("GET /webhooks-journal/journal/2026-03/earliest").signed(by: .app)
                .finding("url", "journal_file").finding("currentOffset", "offset"),
            .init("GET {journal_file}").signed(by: .nobody),
            .init("GET /webhooks-journal/journal/2026-03/offset/{offset}/next").signed(by: .app),
            .init("GET /webhooks-journal/journal/2026-03/latest").signed(by: .app),
            .init("DELETE /webhooks-journal/subscriptions/2026-03/{journal_subscription}")
                .signed(by: .app),
        ]
    )

    private static let oldVersions = BystanderFamily(
        "old versions",
        .hubspot,
        [
            .init("GET /deals/v1/deal/paged?limit=2&properties=dealname"),
            .init("GET /deals/v1/deal/{deals}"), .init("GET /deals/v1/pipelines"),
            .init("GET /deals/v1/deal/recent/modified?count=2&since=0"),
            .init("GET /companies/v2/companies/paged?limit=2"),
            .init("GET /companies/v2/properties"),
            .init("GET /crm-pipelines/v1/pipelines/deals"),
            .init("GET /contacts/v1/lists/all/contacts/all?count=2"),
            .init("GET /contacts/v1/contact/vid/{contact}/profile"),
        ]
    )
}
