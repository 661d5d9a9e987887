#ifndef DUET_CCRYPTO_H
#define DUET_CCRYPTO_H
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

#endif
