import CCurl
import Foundation

/// Sets up libcurl's easy handles.
enum CurlHandle {
    /// Fills in everything a request carries; answers the header list to free afterwards.
    static func prepare(
        _ handle: OpaquePointer,
        _ transfer: CurlTransfer,
        _ settings: CurlSettings
    ) -> UnsafeMutablePointer<curl_slist>? {
        let request = transfer.request
        let pointer = Unmanaged.passUnretained(transfer).toOpaque()
        duet_curl_set_string(handle, CURLOPT_URL, request.url)
        duet_curl_set_pointer(handle, CURLOPT_PRIVATE, pointer)
        Self.limit(handle, settings)
        // Waiting for a connection to share pays where one can be: by plain http it would be for
        // the whole first reply.
        duet_curl_set_long(handle, CURLOPT_PIPEWAIT, request.url.hasPrefix("https:") ? 1 : 0)
        switch request.method {
        case .get: duet_curl_set_long(handle, CURLOPT_HTTPGET, 1)
        case .post, .put, .patch, .delete:
            duet_curl_set_string(handle, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
        if request.method != .get, !(request.method == .delete && request.body.isEmpty) {
            let size = curl_off_t(request.body.count)
            duet_curl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, size)
            request.body.withUnsafeBytes { body in
                // The copy is taken here; an empty body needs a place to point at.
                let start = body.baseAddress ?? UnsafeRawPointer(pointer)
                duet_curl_set_pointer(
                    handle,
                    CURLOPT_COPYPOSTFIELDS,
                    UnsafeMutableRawPointer(mutating: start)
                )
            }
        }
        duet_curl_set_write(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, user in
            CurlHandle.take(bytes, size * count, user) { $0.receive($1) }
        }
        duet_curl_set_pointer(handle, CURLOPT_WRITEDATA, pointer)
        duet_curl_set_write(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, user in
            CurlHandle.take(bytes, size * count, user) { transfer, line in
                transfer.receiveHeader(line)
                return true
            }
        }
        duet_curl_set_pointer(handle, CURLOPT_HEADERDATA, pointer)
        // libcurl repeats a request by itself when a reused connection dies before a reply. The
        // CRM may have acted on the first one, so a second sending is stopped and reported.
        duet_curl_set_prerequest(handle) { user, _, _, _, _ in
            guard let user else { return CURL_PREREQFUNC_ABORT }
            let transfer = Unmanaged<CurlTransfer>.fromOpaque(user).takeUnretainedValue()
            return transfer.beginsSending() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
        duet_curl_set_pointer(handle, CURLOPT_PREREQDATA, pointer)
        var list: UnsafeMutablePointer<curl_slist>?
        for header in request.headers {
            // libcurl takes "Name:" for "leave it out" and "Name;" for an empty value.
            let isBlank = header.value.allSatisfy(\.isWhitespace)
            let line = isBlank ? "\(header.name);" : "\(header.name): \(header.value)"
            list = curl_slist_append(list, line)
        }
        // No "Expect: 100-continue" round trip before a body.
        list = curl_slist_append(list, "Expect:")
        duet_curl_set_list(handle, CURLOPT_HTTPHEADER, list)
        return list
    }

    private static func limit(_ handle: OpaquePointer, _ settings: CurlSettings) {
        duet_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        duet_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        duet_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
        duet_curl_set_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        duet_curl_set_long(handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        duet_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, Int(settings.connectTimeout))
        duet_curl_set_long(handle, CURLOPT_TIMEOUT_MS, Int(settings.totalTimeout))
        duet_curl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, settings.lowSpeedBytes)
        duet_curl_set_long(handle, CURLOPT_LOW_SPEED_TIME, settings.lowSpeedSeconds)
        duet_curl_set_long(handle, CURLOPT_MAXAGE_CONN, settings.idleSecondsMax)
        duet_curl_set_string(handle, CURLOPT_ACCEPT_ENCODING, "")
        duet_curl_set_string(handle, CURLOPT_NOPROXY, "127.0.0.1,localhost,::1")
        if let proxy = settings.proxy { duet_curl_set_string(handle, CURLOPT_PROXY, proxy) }
        if let file = settings.authorityFile { duet_curl_set_string(handle, CURLOPT_CAINFO, file) }
    }

    private static func take(
        _ bytes: UnsafeMutablePointer<CChar>?,
        _ count: Int,
        _ user: UnsafeMutableRawPointer?,
        _ body: (CurlTransfer, UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Int {
        guard let bytes, let user else { return 0 }
        let transfer = Unmanaged<CurlTransfer>.fromOpaque(user).takeUnretainedValue()
        let isTaken = bytes.withMemoryRebound(to: UInt8.self, capacity: count) {
            body(transfer, UnsafeBufferPointer(start: $0, count: count))
        }
        // A short count makes libcurl stop the transfer.
        return isTaken ? count : 0
    }
}
