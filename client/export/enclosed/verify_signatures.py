#!/usr/bin/env python3
"""Checks the Ed25519 signatures (RFC 8032) of the entrances: python3 verify_signatures.py. Needs Python 3.8 and nothing else."""
import base64, hashlib, json, os, re, sys
from datetime import datetime, timedelta, timezone

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    k = D * a[0] * b[0] * a[1] * b[1] % P
    x = (a[0] * b[1] + a[1] * b[0]) * pow(1 + k, -1, P) % P
    return x, (a[1] * b[1] + a[0] * b[0]) * pow(1 - k, -1, P) % P


def times(n, point):
    sum = (0, 1)
    for bit in bin(n)[2:]:
        sum = add(sum, sum)
        if bit == '1': sum = add(sum, point)
    return sum


def point_of(code):
    number = int.from_bytes(code, 'little')
    sign, y = number >> 255, number & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square: x = x * ROOT % P
    if y >= P or x * x % P != square or (x == 0 and sign): raise ValueError('no point of the curve')
    return (P - x if x & 1 != sign else x), y


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, 'little'))


def is_signed(key, message, signature):
    first, last = signature[:32], int.from_bytes(signature[32:], 'little')
    if len(signature) != 64 or last >= ORDER: return False
    hash = int.from_bytes(hashlib.sha512(first + key + message).digest(), 'little') % ORDER
    return times(last, BASE) == add(point_of(first), times(hash, point_of(key)))


def canonical(value):
    """RFC 8785; numbers with a fraction as they stand in the record, which is canonical itself."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(',', ':'))
    return re.sub('"\ue000([^"]*)\ue000"', r'\1', text).encode('utf-8')


def problem(link, keys):
    signature = dict(link.get('by') or {}).get('signature')
    if link['trigger']['kind'] not in ('open', 'act'): return None, False
    if not signature: return None, False
    trigger, stamp = link['trigger'], {k: v for k, v in link['by'].items() if k != 'signature'}
    stamp['receivedAt'] = stamp.get('asOf', 0)
    received = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(milliseconds=stamp['receivedAt'])
    if received != datetime.fromisoformat(link['receivedAt'].replace('Z', '+00:00')): return 'was received at another instant than its stamp says', True
    said = {'type': trigger['type'], 'payload': trigger.get('payload', {}), 'happenedAt': link['happenedAt']}
    content = hashlib.sha256(canonical(said)).hexdigest()
    message = {'case': link['case'], 'act': trigger.get('id', ''), 'type': trigger['type'], 'content': content, 'stamp': stamp}
    if signature['key'] not in keys: return f'is signed with a key that is not enclosed: {signature["key"]}', True
    value = base64.urlsafe_b64decode(signature['value'] + '==')
    return (None if is_signed(keys[signature['key']], canonical(message), value) else 'bears a signature that is not of this act'), True


def main():
    os.chdir(os.path.dirname(os.path.abspath(__file__)))
    keys, signed, wrong = {}, 0, []
    for name in sorted(os.listdir('keys')) if os.path.isdir('keys') else []:
        with open(f'keys/{name}', encoding='ascii') as file: der = base64.b64decode(''.join(file.read().splitlines()[1:-1]))
        if hashlib.sha256(der).hexdigest()[:32] == name[:-4]: keys[name[:-4]] = der[-32:]
        else: wrong.append(f'keys/{name} is not the key its name is made of')
    for name in sorted(os.listdir('record')):
        with open(f'record/{name}', encoding='utf-8') as file: link = json.load(file, parse_float=lambda text: f'\ue000{text}\ue000')
        found, bears = problem(link, keys)
        signed += bears
        if found: wrong.append(f'record/{name} {found}')
    print(f'{signed} signatures')
    print('\n'.join(wrong) if wrong else 'verified')
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
