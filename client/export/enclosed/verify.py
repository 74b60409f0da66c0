#!/usr/bin/env python3
"""Checks this package: python3 verify.py. Needs Python 3.8 and nothing else."""
import hashlib, json, os, sys
os.chdir(os.path.dirname(os.path.abspath(__file__)))
wrong = []

def check(true, sentence):
    if not true: wrong.append(sentence)

def sha256(name):
    with open(name, 'rb') as file: return hashlib.sha256(file.read()).hexdigest()

def read(name):
    with open(name, encoding='utf-8') as file: return json.load(file) if name.endswith('.json') else file.read()

listed = {name: sum for sum, name in (line.split('  ', 1) for line in read('SHA256SUMS').splitlines())}
present = {os.path.join(folder, name)[2:].replace(os.sep, '/') for folder, _, names in os.walk('.') for name in names}
for name in sorted(present - set(listed) - {'SHA256SUMS'}): check(False, f'{name} is not in SHA256SUMS')
for name in listed: check(name in present and sha256(name) == listed[name], f'{name} is missing or has been changed')
index, sequence, before = read('index.json'), 0, '0' * 64
for name in sorted(name for name in present if name.startswith('record/')):
    link, sequence = read(name), sequence + 1
    check((link['case'], link['sequence']) == (index['case'], sequence), f'{name} is not link {sequence} of {index["case"]}')
    check(link['previous'] == before, f'{name} does not follow the link before it')
    before = sha256(name)
check(index['head'] == {'sequence': sequence, 'hash': before}, 'the record does not end where the index says')
if 'seal' in index:
    seal, heads = read(index['seal']['file']), index['seal']['heads']
    check(sha256(heads) == seal['heads'], 'the heads are not those of the seal')
    check([index['case'], sequence, before] in read(heads), 'the seal does not cover the end of the record')
    print(f'seal of {seal["day"]}: {sha256(index["seal"]["file"])}')
print(f'{index["case"]}: {sequence} links, head {before}')
print('\n'.join(wrong) if wrong else 'verified')
sys.exit(1 if wrong else 0)
