import SyncCore

/// Another app's Bulk jobs, streams and replication in Salesforce.
extension BystanderFamily {
    static let salesforceJobs = [ingest, bulkQueries, firstBulk, replication, streaming, soap]

    private static let ingest = BystanderFamily(
        "Bulk jobs",
        .salesforce,
        [
            .init(
                "POST /services/data/v62.0/jobs/ingest",
                #"{"object":"Opportunity","operation":"insert","contentType":"CSV","lineEnding":"LF"}"#
            ).finding("id", "job"),
            .init(
                "PUT /services/data/v62.0/jobs/ingest/{job}/batches",
                "Name,StageName,CloseDate\nLoaded {n},Prospecting,2026-12-01\n\"Also, {n}\",Prospecting,2026-12-02\n"
            ).typed("text/csv"),
            .init(
                "PATCH /services/data/v62.0/jobs/ingest/{job}",
                #"{"state":"UploadComplete"}"#
            ),
            .init("GET /services/data/v62.0/jobs/ingest/{job}"),
            .init("GET /services/data/v62.0/jobs/ingest"),
            .init("GET /services/data/v62.0/jobs/ingest/{job}/successfulResults"),
            .init("GET /services/data/v62.0/jobs/ingest/{job}/failedResults"),
        ]
    )

    private static let bulkQueries = BystanderFamily(
        "Bulk queries",
        .salesforce,
        [
            .init(
                "POST /services/data/v62.0/jobs/query",
                #"{"operation":"query","query":"SELECT Id, Name FROM Opportunity"}"#
            ).finding("id", "query_job"),
            .init("GET /services/data/v62.0/jobs/query/{query_job}"),
            .init("GET /services/data/v62.0/jobs/query"),
            .init("GET /services/data/v62.0/jobs/query/{query_job}/results?maxRecords=50"),
            .init("GET /services/data/v62.0/jobs/query/{query_job}/resultPages"),
        ]
    )

    private static let firstBulk = BystanderFamily(
        "first Bulk API",
        .salesforce,
        [
            .init(
                "POST /services/async/62.0/job",
                #"{"operation":"insert","object":"Case","contentType":"JSON"}"#
            ).finding("id", "old_job"),
            .init(
                "POST /services/async/62.0/job/{old_job}/batch",
                #"[{"Subject":"Loaded {n}"},{"Subject":"Also {n}"}]"#
            ).finding("id", "old_batch"),
            .init("POST /services/async/62.0/job/{old_job}", #"{"state":"Closed"}"#),
            .init("GET /services/async/62.0/job/{old_job}/batch/{old_batch}"),
            .init("GET /services/async/62.0/job/{old_job}/batch/{old_batch}/result"),
            .init("GET /services/async/62.0/job/{old_job}"),
        ]
    )

    private static let replication = BystanderFamily(
        "replication",
        .salesforce,
        [
            .init(
                "GET /services/data/v62.0/sobjects/Opportunity/updated/?start=2026-09-21T00%3A00%3A00Z&end=2026-09-22T12%3A00%3A00Z"
            ),
            .init(
                "GET /services/data/v62.0/sobjects/Opportunity/deleted/?start=2026-09-21T00%3A00%3A00Z&end=2026-09-22T12%3A00%3A00Z"
            ),
            .init(
                "GET /services/data/v62.0/search?q=FIND+%7BChance%2A%7D+IN+NAME+FIELDS+RETURNING+Opportunity(Id,Name)"
            ),
            .init(
                "POST /services/data/v62.0/parameterizedSearch",
                #"{"q":"Chance","in":"ALL","sobjects":[{"name":"Opportunity","fields":["Id"]}]}"#
            ),
        ]
    )

    private static let streaming = BystanderFamily(
        "change events",
        .salesforce,
        [
            .init(
                "POST /cometd/62.0",
                #"[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["long-polling"],"ext":{"replay":true},"id":"1"}]"#
            ).finding("0.clientId", "client"),
            .init(
                "POST /cometd/62.0",
                #"[{"channel":"/meta/subscribe","clientId":"{client}","subscription":"/data/OpportunityChangeEvent","ext":{"replay":{"/data/OpportunityChangeEvent":-1}},"id":"2"}]"#
            ),
            .init(
                "POST /cometd/62.0",
                #"[{"channel":"/meta/connect","clientId":"{client}","connectionType":"long-polling","advice":{"timeout":0},"id":"3"}]"#
            ),
            .init(
                "POST /cometd/62.0",
                #"[{"channel":"/meta/disconnect","clientId":"{client}","id":"4"}]"#
            ),
        ]
    )

    private static let soap = BystanderFamily(
        "SOAP",
        .salesforce,
        [
            .init(
                "POST /services/Soap/u/62.0",
                "<?xml version=\"1.0\" encoding=\"utf-8\"?><env:Envelope "
                    + "xmlns:env=\"http://schemas.xmlsoap.org/soap/envelope/\"><env:Body>"
                    + "<n1:login xmlns:n1=\"urn:partner.soap.sforce.com\">"
                    + "<n1:username>Bystander@example.invalid</n1:username>"
                    + "<n1:password>integration-passwordintegrationToken</n1:password>"
                    + "</n1:login></env:Body></env:Envelope>"
            ).typed("text/xml").header("SOAPAction", "login").signed(by: .nobody),
            .init("GET /services/data"), .init("GET /services/oauth2/userinfo"),
        ]
    )
}
